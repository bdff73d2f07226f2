import { runProgram } from './program.mjs'

// `npm start`: everything from a fresh clone to a running service. Arguments are the server's own.
await runProgram(process.argv.slice(2))
