/** What a service worker has around it, as far as ours uses it: TypeScript's own types of it do not go with those of pages. */

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  /** The page that asks; "" for a page itself. */
  readonly clientId: string;
  /** The page, or the worker of a page, that the answer becomes; "" of anything else, and before Safari 16. */
  readonly resultingClientId: string;
  respondWith(answer: Promise<Response>): void;
}

interface WindowClient {
  readonly id: string;
  readonly url: string;
  navigate(url: string): Promise<unknown>;
}

interface Clients {
  claim(): Promise<void>;
  get(id: string): Promise<WindowClient | undefined>;
  matchAll(options: {
    includeUncontrolled?: boolean;
    type: "all" | "window";
  }): Promise<readonly WindowClient[]>;
}

interface ServiceWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: Clients;
  skipWaiting(): Promise<void>;
  addEventListener(
    name: "install" | "activate" | "message",
    listener: (event: ExtendableEvent) => void,
  ): void;
  addEventListener(name: "fetch", listener: (event: FetchEvent) => void): void;
}
