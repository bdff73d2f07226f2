import { config } from 'zod/v4/core'

// Schemas may not compile themselves here: the page's policy forbids code made from text, and even asking is reported as a breach.
config({ jitless: true })
