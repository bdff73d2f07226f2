// Runs in a process of its own: the dictionary takes some 130 MB that the server must not hold (docs: search). Started by segment.ts.
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

const jieba = Jieba.withDict(dict)
process.on('message', ({ id, texts }) => {
  process.send({ id, words: texts.map((text) => jieba.cutForSearch(text, true)), rssBytes: process.memoryUsage.rss() })
})
process.on('disconnect', () => process.exit(0))
