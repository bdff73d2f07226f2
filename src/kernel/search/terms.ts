import { fold } from './fold.ts'
import { type Gram, gramsOf } from './grams.ts'

/** Words that every question has: they say nothing about what is asked. */
const EMPTY = new Set([...'的了和是在有何对为将与及或等中于以其请吗呢几哪由从个', '哪些', '什么', '如何', '怎么', '怎样', '对于', '请问', '多少', '可以', '哪里', '是否', '有何', '有哪'])

/** Words of three characters and more; shorter ones are pairs already. With positions, as they follow. */
export const longWords = (words: readonly string[]): Gram[] =>
  words.map((word, i) => ({ term: fold(word), position: i + 1 })).filter(({ term }) => [...term].length > 2 && /^[\p{L}\p{N}]+$/u.test(term))

/** Pairs of a question, without those that carry nothing. */
export const askedPairs = (folded: string): string[] =>
  [...new Set(gramsOf(folded).map(({ term }) => term))].filter((term) => !EMPTY.has(term) && !([...term].length === 1 && /\p{Script=Han}/u.test(term) && folded.length > 1))
