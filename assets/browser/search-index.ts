/**
 * Loads Pagefind: as a module from a server; as one classic script that contains the index on `file://` and where a
 * server refuses Pagefind's file types.
 */
export interface Found {
  data(): Promise<{
    url: string;
    excerpt: string;
    meta: Record<string, string>;
    sub_results: { title: string; url: string; excerpt: string; anchor?: unknown }[];
  }>;
}

export interface SearchIndex {
  filters(): Promise<Record<string, Record<string, number>>>;
  search(words: string, filters: Record<string, string>): Promise<Found[]>;
}

interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<Record<string, Record<string, number>>>;
  search(words: string | null, options: { filters: Record<string, string> }): Promise<{ results: Found[] }>;
}

let loading: Promise<SearchIndex> | undefined;

export function loadIndex(): Promise<SearchIndex> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<SearchIndex> {
  const root = new URL(document.body.dataset.root!, location.href);
  const folder = new URL("pagefind/", root).href;
  const pagefind =
    location.protocol === "file:" ? await offline(folder) : await online(folder).catch(() => offline(folder));
  return {
    filters: () => pagefind.filters(),
    search: async (words, filters) =>
      (await pagefind.search(words || null, { filters })).results.map((found) => ({
        data: async () => {
          const data = await found.data();
          for (const part of [data, ...data.sub_results]) part.url = new URL(part.url.slice(1), root).href;
          return data;
        },
      })),
  };
}

/** Addresses in results begin with `/`; `load` resolves them against the site's root, which may be any folder. */
const OPTIONS = { excerptLength: 24, baseUrl: "/" };

async function online(folder: string): Promise<Pagefind> {
  const pagefind = (await import(`${folder}pagefind.js`)) as Pagefind;
  await pagefind.options(OPTIONS);
  await pagefind.init();
  // Fails where a server has the script but refuses the index; the caller then loads the classic script.
  await pagefind.filters();
  return pagefind;
}

async function offline(folder: string): Promise<Pagefind> {
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${folder}offline.js`;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("the index did not load"));
    document.head.append(script);
  });
  const pagefind = (globalThis as unknown as { pagefindOffline: Pagefind }).pagefindOffline;
  await pagefind.options({ ...OPTIONS, noWorker: true });
  await pagefind.init();
  return pagefind;
}
