/** What is found in a thing, with what is wrong with it: looked for once, however often it is asked for. */
import { type Problem, Problems } from "./problems.ts";

/**
 * The same as `find`, which must tell the same of the same thing every time. A preview makes its site again at every
 * save, of things that are the same ones but for those that were saved.
 */
export function foundOnce<Thing extends object, Found>(
  find: (thing: Thing, problems: Problems) => Found,
): (thing: Thing, problems: Problems) => Found {
  const known = new WeakMap<Thing, { found: Found; problems: readonly Problem[] }>();
  return (thing, problems) => {
    let one = known.get(thing);
    if (!one) {
      const own = new Problems();
      one = { found: find(thing, own), problems: own.list };
      known.set(thing, one);
    }
    problems.addAll(one.problems);
    return one.found;
  };
}
