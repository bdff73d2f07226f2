import { posix } from 'node:path'
import { isBuiltin } from 'node:module'
import ts from 'typescript'
import { isContract, isDoor, isScreen, mayKnow, placeOf, type Place } from './places.ts'
import { isTest, type Tree } from './tree.ts'

/** Packages that need Node: no file that a browser runs may import them. */
const SERVER_PACKAGES = /^(@fastify\/|fastify|pg|kysely|graphile-worker|nodemailer|@node-rs\/|@myriaddreamin\/|esbuild|file-type|@kitajs\/html)(\/|$)?/

/** Everything a file imports, exports from or loads by a literal `import()`; types too, for they are knowledge as well. */
export const importsOf = (text: string): string[] => ts.preProcessFile(text, true, true).importedFiles.map((one) => one.fileName)

/** Every import in `src` that the tables of `src/architecture.ts` do not allow, as sentences. Tests may know anybody. */
export function importViolations(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) => {
    if (isTest(path) || !/^src\/.*\.tsx?$/.test(path) || path.endsWith('.d.ts')) return []
    const place = placeOf(path)
    if (place === null) return [`${path}: no band, room or domain of src/architecture.ts`]
    return importsOf(text).flatMap((specifier) => {
      const fault = specifier.startsWith('.') ? localFault(path, place, specifier, tree) : packageFault(path, place, specifier)
      return fault === null ? [] : [`${path} → ${specifier}: ${fault}`]
    })
  })
}

function packageFault(path: string, place: Place, specifier: string): string | null {
  if (place.band === 'base') return 'base imports nothing'
  const needsNode = isBuiltin(specifier) || SERVER_PACKAGES.test(specifier)
  if (needsNode && place.browser !== null) return 'a browser has nothing of Node'
  if (needsNode && isContract(path)) return 'nothing in a contract needs Node'
  return null
}

function localFault(path: string, place: Place, specifier: string, tree: Tree): string | null {
  const target = posix.normalize(posix.join(posix.dirname(path), specifier))
  if (/\.(css|svg|png|bpmn|typ)$/.test(target)) return null
  if (!target.startsWith('src/')) return 'outside src'
  if (!/\.(tsx?|mjs)$/.test(target)) return 'an import names its file with its extension'
  if (!tree.has(target)) return 'there is no such file'
  const there = placeOf(target)
  if (there === null) return 'the tables do not know where that stands'
  if (isTest(target)) return 'the program does not know its tests'
  if (place.browser !== null) return browserFault(place, target, there, tree)
  if (isContract(path) && !runsAnywhere(target, tree)) return 'nothing in a contract needs Node'
  if (there.browser !== null) return 'the server does not import what a browser runs'
  if (!mayKnow(place, there)) return place.room !== null && there.room !== null ? `the room ${place.room} stands before ${there.room}` : place.domain !== null && there.domain !== null ? `${place.domain} is not named as knowing ${there.domain}` : `${place.band} stands below ${there.band}`
  if (there.domain !== null && place.domain !== there.domain && place.band !== 'main' && !isDoor(target)) return 'a domain is entered by its door'
  return null
}

/** Neither the file nor anything it imports needs Node. Files that are looked at already count as such: a circle adds nothing. */
function runsAnywhere(path: string, tree: Tree, seen: Set<string> = new Set()): boolean {
  if (seen.has(path)) return true
  seen.add(path)
  return importsOf(tree.get(path) ?? '').every((specifier) =>
    specifier.startsWith('.') ? runsAnywhere(posix.normalize(posix.join(posix.dirname(path), specifier)), tree, seen) : !isBuiltin(specifier) && !SERVER_PACKAGES.test(specifier))
}

function browserFault(place: Place, target: string, there: Place, tree: Tree): string | null {
  if (there.browser === place.browser || there.band === 'base' || isContract(target)) {
    return isContract(target) && place.domain !== null && there.domain !== null && !mayKnow(place, there) ? `${place.domain} is not named as knowing ${there.domain}` : null
  }
  if (there.band === 'kit') return runsAnywhere(target, tree) ? null : 'a browser has nothing of Node'
  if (place.browser === 'src/console' && isScreen(target)) return null
  return 'a browser folder sees base, kit, itself and contracts'
}
