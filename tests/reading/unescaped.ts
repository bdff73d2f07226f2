import { dirname, join } from 'node:path'
import { recursiveDiagnoseJsxElements } from '@kitajs/ts-html-plugin/dist/util.js'
import ts from 'typescript'
import { packageRoot } from '../../src/kernel/db/root.ts'

/**
 * Children that the server's JSX would write without escaping, by the types of what they hold: in the files named and in texts planted
 * beside them (path → text). One line each.
 */
export function unescapedChildren(paths: readonly string[], planted: ReadonlyMap<string, string> = new Map()): string[] {
  const root = packageRoot()
  const virtual = new Map([...planted].map(([path, text]) => [join(root, path), text]))
  const configPath = join(root, 'tsconfig.json')
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(configPath, ts.sys.readFile).config, ts.sys, dirname(configPath))
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = (file) => virtual.get(file) ?? readFile(file)
  host.fileExists = (file) => virtual.has(file) || fileExists(file)
  const program = ts.createProgram([...paths.map((path) => join(root, path)), ...virtual.keys()], options, host)
  const checker = program.getTypeChecker()
  const found: ts.Diagnostic[] = []
  for (const source of program.getSourceFiles()) {
    if (!source.fileName.endsWith('.tsx') || source.fileName.includes('/node_modules/')) continue
    ts.forEachChild(source, (node) => recursiveDiagnoseJsxElements(ts, node, checker, found as Parameters<typeof recursiveDiagnoseJsxElements>[3]))
  }
  return found.map(({ file, start, messageText }) =>
    `${file!.fileName.slice(root.length + 1)}:${file!.getLineAndCharacterOfPosition(start ?? 0).line + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
}
