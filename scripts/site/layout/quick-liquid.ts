/**
 * What a layout's parts do, made into plain functions once. LiquidJS still reads layouts and holds their variables, but
 * it walks each part of them as a generator, on every page anew: a third of a large build was that. What is not known
 * here, LiquidJS renders as it does everywhere; and what goes wrong, it tells.
 */
import type { LiquidContext, LiquidEngine, LiquidOut } from "./eleventy.ts";

/** Has an engine render so. Nothing in a layout may answer later: no filter, no tag. */
export function quicken(engine: LiquidEngine): void {
  const { renderer } = engine;
  const slow = renderer.renderTemplates.bind(renderer);
  const blocks = new WeakMap<readonly Part[], Run>();
  const makeRun = compiler(engine, (parts, context) => drained(slow(parts, context, new Text())));
  renderer.renderTemplates = (parts, context, out = new Text()) => {
    const run = blocks.get(parts) ?? makeRun(parts);
    blocks.set(parts, run);
    run(context, out);
    return out.buffer;
  };
}

/** Renders something into what there is of a page. */
type Run = (context: LiquidContext, out: LiquidOut) => void;
/** Finds a value for the page in hand. */
type Find = (context: LiquidContext) => unknown;

// What LiquidJS makes of a layout, as far as it is known here.

/** Text as it stands, `{{ … }}` or `{% … %}`. */
export interface Part {
  /** Of text. */
  str?: string;
  /** Of a tag. */
  name?: string;
  render(context: LiquidContext, out: LiquidOut): unknown;
}

interface Value {
  initial: { postfix: Token[] };
  filters: { handler: Filter; args: (Token | [string, Token])[]; token: unknown }[];
}

type Filter = (this: unknown, ...values: unknown[]) => unknown;

/** A literal, which has `content`; a name and what is asked of it; or an operator. */
interface Token {
  content?: unknown;
  props?: Token[];
  variable?: Token;
  operator?: string;
}

interface Condition extends Part {
  branches: { value: Value; test?: (value: unknown, context: LiquidContext) => boolean; templates: Part[] }[];
  elseTemplates?: Part[];
}

interface Loop extends Part {
  variable: string;
  collection: Token;
  hash: Named;
  templates: Part[];
  elseTemplates: Part[];
}

interface Include extends Part {
  file: unknown;
  currentFile?: string;
  withVar?: Token;
  hash: Named;
}

/** `of: section, sections: 3` */
interface Named {
  hash: Record<string, Token | undefined>;
}

/** Thrown where a part holds what is not known here. */
const UNKNOWN = Symbol("unknown to the quick renderer");

/** @param tell renders with LiquidJS alone what has failed, so that it fails again, with its file and line. */
function compiler(engine: LiquidEngine, tell: (parts: Part[], context: LiquidContext) => void) {
  const { tags, options } = engine;

  /** Made when it is first rendered: a partial may include itself. */
  function block(parts: readonly Part[]): Run {
    let runs: Run[] | undefined;
    return (context, out) => {
      runs ??= parts.map(runOf);
      const depth = context.scopes.length;
      let at = 0;
      try {
        for (; at < runs.length; at++) {
          runs[at]!(context, out);
          if (context.breakCalled || context.continueCalled) return;
        }
      } catch (error) {
        // What LiquidJS has told already knows its place.
        if (!(error instanceof Error && "token" in error)) {
          context.scopes.length = depth;
          tell([parts[at]!], context);
        }
        throw error;
      }
    };
  }

  function runOf(part: Part): Run {
    try {
      return quickRun(part);
    } catch (error) {
      if (error !== UNKNOWN) throw error;
      return (context, out) => {
        const html = drained(part.render(context, out));
        if (html) out.write(html);
      };
    }
  }

  function quickRun(part: Part): Run {
    const { str } = part;
    if (str !== undefined) {
      return (_context, out) => {
        out.buffer += str;
      };
    }
    if (part.name === undefined) {
      const find = findOf((part as unknown as { value: Value }).value);
      return (context, out) => out.write(find(context));
    }
    switch (part.constructor) {
      case tags.comment:
        return () => {};
      case tags.if:
      case tags.unless:
        return condition(part as Condition);
      case tags.for:
        return loop(part as Loop);
      case tags.include:
        return include(part as Include);
      case tags.assign: {
        const { key, value } = part as unknown as { key: string; value: Value };
        const find = findOf(value);
        return (context) => {
          context.bottom()[key] = find(context);
        };
      }
      case tags.capture: {
        const { variable, templates } = part as unknown as { variable: string; templates: Part[] };
        const run = block(templates);
        return (context) => {
          const captured = new Text();
          run(context, captured);
          context.bottom()[variable] = captured.buffer;
        };
      }
      default:
        throw UNKNOWN;
    }
  }

  function condition({ branches, elseTemplates = [] }: Condition): Run {
    const cases = branches.map(({ value, test = isTrue, templates }) => ({
      find: findOf(value),
      test,
      run: block(templates),
    }));
    const otherwise = block(elseTemplates);
    return (context, out) => {
      for (const { find, test, run } of cases) {
        if (test(find(context), context)) return run(context, out);
      }
      otherwise(context, out);
    };
  }

  function loop({ variable, collection, hash, templates, elseTemplates }: Loop): Run {
    // offset, limit, reversed
    if (Object.keys(hash.hash).length) throw UNKNOWN;
    const find = tokenOf(collection);
    const body = block(templates);
    const otherwise = block(elseTemplates);
    return (context, out) => {
      const items = listOf(find(context));
      if (!items.length) return otherwise(context, out);
      const forloop = new Turn(items.length);
      const scope: Record<string, unknown> = Object.assign(Object.create(null), { forloop });
      context.scopes.push(scope);
      for (const item of items) {
        scope[variable] = item;
        context.continueCalled = context.breakCalled = false;
        body(context, out);
        if (context.breakCalled) break;
        forloop.at++;
      }
      context.continueCalled = context.breakCalled = false;
      context.scopes.pop();
    };
  }

  function include({ file, currentFile, withVar, hash }: Include): Run {
    if (typeof file !== "string" || withVar) throw UNKNOWN;
    const named = Object.entries(hash.hash).map(([name, token]): [string, Find] => [
      name,
      token ? tokenOf(token) : () => true,
    ]);
    let run: Run | undefined;
    return (context, out) => {
      run ??= block(drained(engine._parsePartialFile(file, true, currentFile)) as Part[]);
      const scope: Record<string, unknown> = Object.create(null);
      for (const [name, find] of named) scope[name] = find(context);
      context.scopes.push(scope);
      run(context, out);
      context.scopes.pop();
    };
  }

  function findOf({ initial, filters }: Value): Find {
    return filters.reduce(
      (find: Find, filter) =>
        filter.handler === options.outputEscape ? escaped(find, filter.handler) : filtered(find, filter),
      expression(initial.postfix),
    );
  }

  function escaped(find: Find, handler: Filter): Find {
    return (context) => {
      const text = textOf(find(context));
      return TO_ESCAPE.test(text) ? handler.call({ context }, text) : text;
    };
  }

  function filtered(find: Find, { handler, args, token }: Value["filters"][number]): Find {
    const finds = args.map((arg): Find => {
      if (!Array.isArray(arg)) return tokenOf(arg);
      const [name, named] = [arg[0], tokenOf(arg[1])];
      return (context) => [name, named(context)];
    });
    return (context) =>
      drained(
        handler.call({ context, token, liquid: engine }, find(context), ...finds.map((of) => of(context))),
      );
  }

  /** Of its parts in postfix order: `a b == c and`. */
  function expression(postfix: readonly Token[]): Find {
    const operands: Find[] = [];
    for (const token of postfix) {
      const { operator } = token;
      if (operator === undefined) operands.push(tokenOf(token));
      else if (operator === "not") {
        const find = operands.pop()!;
        operands.push((context) => !isTrue(find(context)));
      } else {
        const right = operands.pop()!;
        operands.push(operation(operator, operands.pop()!, right));
      }
    }
    if (operands.length !== 1) throw UNKNOWN;
    return operands[0]!;
  }

  function operation(operator: string, left: Find, right: Find): Find {
    if (operator === "and") return (context) => isTrue(left(context)) && isTrue(right(context));
    if (operator === "or") return (context) => isTrue(left(context)) || isTrue(right(context));
    const compare = COMPARE[operator];
    const general = options.operators[operator];
    if (!compare || !general) throw UNKNOWN;
    return (context) => {
      const [a, b] = [left(context), right(context)];
      return isPlain(a) && isPlain(b) ? compare(a, b) : drained(general(a, b, context));
    };
  }

  function tokenOf(token: Token): Find {
    if ("content" in token) {
      const { content } = token;
      return () => content;
    }
    const { props, variable } = token;
    const [first, ...rest] = props ?? [];
    if (!first || !("content" in first) || variable) throw UNKNOWN;
    const name = first.content as string;
    const finds = rest.map(tokenOf);
    return (context) => {
      let value = read(context, name);
      for (const find of finds) value = context.readProperty(value, find(context) as string);
      return value;
    };
  }

  return block;
}

/** What a layout has by a name. */
export const read = (context: LiquidContext, name: string): unknown =>
  context.readProperty(context.findScope(name), name);

const TO_ESCAPE = /[&<>"']/;

/** Of numbers, texts and truth values; of anything else LiquidJS knows more. */
const COMPARE: Record<string, (a: Plain, b: Plain) => boolean> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a! > b!,
  "<": (a, b) => a! < b!,
  ">=": (a, b) => a! >= b!,
  "<=": (a, b) => a! <= b!,
  contains: (a, b) => typeof a === "string" && a.indexOf(b as string) > -1,
};

type Plain = string | number | boolean | null | undefined;

const isPlain = (value: unknown): value is Plain =>
  value === null || (typeof value !== "object" && typeof value !== "function");

const isTrue = (value: unknown): boolean => value !== false && value !== undefined && value !== null;

/** `forloop`: where a loop is. */
class Turn {
  at = 0;
  readonly length: number;

  constructor(length: number) {
    this.length = length;
  }

  get index0(): number {
    return this.at;
  }
  get index(): number {
    return this.at + 1;
  }
  get rindex0(): number {
    return this.length - this.at - 1;
  }
  get rindex(): number {
    return this.length - this.at;
  }
  get first(): boolean {
    return this.at === 0;
  }
  get last(): boolean {
    return this.at === this.length - 1;
  }
}

class Text implements LiquidOut {
  buffer = "";

  write(value: unknown): void {
    this.buffer += textOf(value);
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.map(textOf).join("") : String(value);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return value ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Symbol.iterator in value ? Array.from(value as Iterable<unknown>) : Object.entries(value);
}

/** What a generator of LiquidJS comes to. */
function drained(value: unknown): unknown {
  if (!isGenerator(value)) return value;
  let state = value.next();
  while (!state.done) {
    let given: unknown;
    let error: unknown;
    let hasFailed = false;
    try {
      given = drained(state.value);
    } catch (thrown) {
      hasFailed = true;
      error = thrown;
    }
    state = hasFailed ? value.throw(error) : value.next(given);
  }
  return drained(state.value);
}

const isGenerator = (value: unknown): value is Generator<unknown, unknown, unknown> =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Generator).next === "function" &&
  typeof (value as Generator).throw === "function";
