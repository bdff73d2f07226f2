import { z } from 'zod'

// What the acts write into a paper, read back. A paper whose facts do not fit is a fault of the program, not of the reader.

export const Name = z.object({ zh: z.string(), en: z.string() })
export const Limit = z.object({ amount: z.number(), unit: z.enum(['workingDay', 'naturalDay', 'hour', 'month']), article: z.string() })
export const Remedy = z.object({ reconsideration: Name, litigation: Name, article: z.string() })
export const Deferred = z.object({ materials: z.array(z.string()), materialNames: z.array(Name).optional(), dueOn: z.iso.date(), outcome: Name })

/** On every paper of a case. */
export const Head = z.object({
  day: z.iso.date(), item: Name, itemCode: z.string(), itemType: z.string(), organ: Name,
  applicant: z.object({ kind: z.enum(['person', 'organisation']), name: z.string(), idNumber: z.string(), phone: z.string(), address: z.string().nullable() }).nullable(),
  agent: z.object({ name: z.string(), idNumber: z.string() }).nullable(),
  articles: z.array(z.string()).default([]),
  seal: z.string().optional(),
})
export type Head = z.infer<typeof Head>

/** Decided by the organ in a vertically led system; what is printed here is its transcript. */
const Elsewhere = z.object({ organ: Name, system: Name })
const Nullable = z.string().nullish()
const BarFacts = z.object({ untilOn: z.iso.date(), article: z.string() }).nullish()
/** The grant that a later paper speaks of. */
const Granted = z.object({ decisionNo: z.string(), decidedOn: z.iso.date(), certificateNo: Nullable })
export const FACTS = {
  materialsReceipt: z.object({
    receivedAt: z.iso.datetime(), post: Name, deferred: Deferred.nullable(), trackCode: z.string().nullable().optional(),
    materials: z.array(z.object({ name: Name, form: z.enum(['electronic', 'original', 'copy', 'shared']), copies: z.number(), originalSeen: z.boolean() })),
  }),
  notRequiredNotice: z.object({ reasons: z.string(), remedy: Remedy }),
  refusalOfAcceptance: z.object({ reasons: z.string(), competentBody: Nullable, specialLaw: Nullable, bar: BarFacts, remedy: Remedy }),
  supplementNotice: z.object({
    defects: z.array(z.object({ materialId: z.string().nullable(), field: z.string().nullable(), what: z.string(), name: Name.optional() })),
    remarks: z.string(), post: Name.nullable(),
  }),
  acceptanceNotice: z.object({ acceptedOn: z.iso.date(), deemed: z.boolean(), deferred: Deferred.nullable(), statutory: Limit.nullable(), promised: Limit.nullable() }),
  pauseNotice: z.object({ ground: Name, article: z.string(), requiredBy: z.string(), workingDaysNeeded: z.number() }),
  extensionNotice: z.object({ workingDays: z.number(), reason: z.string() }),
  interestedPartyNotice: z.object({ party: z.string(), interest: z.string() }),
  statementRecord: z.object({ party: z.string(), interest: z.string(), statement: z.string().optional(), waived: z.boolean().optional() }),
  paymentNotice: z.object({ due: z.array(z.object({ name: Name, amountFen: z.number(), basis: z.string(), reduction: Name.optional() })), totalFen: z.number() }),
  grant: z.object({ content: z.string(), reasons: z.string(), validFrom: Nullable, validTo: Nullable, remedy: Remedy, result: Name.nullable(), onCommitment: z.boolean(), elsewhere: Elsewhere.optional() }),
  denial: z.object({ reasons: z.string(), content: z.string(), bar: BarFacts, remedy: Remedy, elsewhere: Elsewhere.optional() }),
  /** `dueOn`: on orders made when the days still ran from the order itself. */
  rectificationOrder: Granted.extend({ facts: z.string(), workingDays: z.number(), dueOn: z.iso.date().nullish() }),
  annulmentNotice: Granted.extend({ ground: Name, facts: z.string(), workingDays: z.number() }),
  annulment: Granted.extend({
    ground: Name, facts: z.string(), heard: z.object({ on: z.iso.date(), statement: z.string(), waived: z.boolean() }).nullable(), reasons: z.string(), remedy: Remedy, bar: BarFacts, credit: z.boolean(), effect: z.enum(['compensation', 'unprotected']).nullish(),
  }),
  annulmentDropped: Granted.extend({ toldOn: z.iso.date(), reasons: z.string() }),
  withdrawalConfirmation: z.object({ reasons: z.string(), originals: z.array(Name) }),
  terminationDecision: z.object({ reasons: z.string(), why: z.enum(['applicantDied', 'organisationEnded', 'objectGone', 'otherLaw']).nullable(), originals: z.array(Name) }),
  authority: z.object({ scope: z.string().default(''), validTo: Nullable }),
  serviceAddress: z.object({ mode: z.string().nullish(), address: Nullable, consent: z.boolean().optional() }),
  serviceProof: z.object({ paper: Name, mode: z.enum(['direct', 'adultFamily', 'mailRoom', 'agent', 'left', 'mail', 'electronic', 'publicNotice']), on: z.iso.date(), servedOn: z.iso.date(), recipient: z.string(), proof: z.string() }),
  handOver: z.object({ from: Name.nullable(), to: z.string(), materials: z.array(Name) }),
  verticalTransfer: z.object({
    system: Name, authority: Name, referenceLabel: Name, post: Name.nullable(), representative: z.object({ relation: z.enum(['legalRepresentative', 'guardian']), name: z.string(), idNumber: z.string() }).nullable(),
    agentDetails: z.object({ name: z.string(), idNumber: z.string(), phone: z.string(), scope: z.string(), validTo: z.iso.date() }).nullable(), service: z.object({ mode: z.enum(['electronic', 'counter', 'mail', 'locker']), address: z.string().nullable() }),
    receivedOn: z.iso.date().nullable(), acceptedOn: z.iso.date().nullable(), statutoryDueOn: z.iso.date().nullable(), promisedDueOn: z.iso.date().nullable(),
    form: z.array(z.object({ name: Name, value: z.string() })), materials: z.array(z.object({ name: Name, form: z.enum(['electronic', 'original', 'copy', 'shared']), copies: z.number(), originalSeen: z.boolean() })),
  }),
  contents: z.object({ contents: z.array(z.object({ title: Name, sha256: z.string() })) }),
  supplementContents: z.object({ volume: z.number(), reason: z.string(), closedOn: z.iso.date(), contents: z.array(z.object({ title: Name, sha256: z.string() })) }),
} as const
export type FactsOf<Kind extends keyof typeof FACTS> = z.infer<(typeof FACTS)[Kind]>
