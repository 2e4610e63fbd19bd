/** The forms that markdown-it's rules have. A silent rule only answers whether it would take what stands there. */
import type { StateBlock, StateCore, StateInline } from "markdown-it";

export type BlockRule = (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;
export type InlineRule = (state: StateInline, silent: boolean) => boolean;
/** Pairs the marks of an inline text that has been read. */
export type PairRule = (state: StateInline) => void;
/** Works on the whole page. */
export type CoreRule = (state: StateCore) => void;
