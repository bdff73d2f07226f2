#!/usr/bin/env node
import { runProgram } from '../scripts/program.mjs'

// `mingtang <command>`: the same set-up as `npm start`, its progress on stderr, then the command.
await runProgram(process.argv.length > 2 ? process.argv.slice(2) : ['--help'])
