/** Looks at a file before it is accepted. May be called concurrently; throws where it cannot say, and then nothing is accepted. */
export interface VirusScan {
  /** Recorded with the file. */
  readonly name: string
  scan(path: string): Promise<{ readonly clean: true } | { readonly clean: false; readonly finding: string }>
}

/** No scanner is installed; the record says `none`. */
export const noScan: VirusScan = { name: 'none', scan: async () => ({ clean: true }) }
