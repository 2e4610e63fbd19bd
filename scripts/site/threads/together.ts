/** Two pieces of work at the same time. */

/**
 * The results of both. Where one fails, the other is told by its signal; when it has ended too, the first fault is
 * thrown: nothing goes on behind it.
 */
export async function together<A, B>(
  one: (signal: AbortSignal) => Promise<A>,
  other: (signal: AbortSignal) => Promise<B>,
): Promise<[A, B]> {
  const stopping = new AbortController();
  let fault: { error: unknown } | undefined;
  const watched = async <Result>(
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined> => {
    try {
      return await work(stopping.signal);
    } catch (error) {
      fault ??= { error };
      stopping.abort();
      return undefined;
    }
  };
  const results = await Promise.all([watched(one), watched(other)]);
  if (fault) throw fault.error;
  return results as [A, B];
}
