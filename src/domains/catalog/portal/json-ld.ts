import { SERVICE_TARGETS, type Item } from '../contract.ts'
import { inLanguage } from '../../../kit/portal/index.ts'
import type { Language } from '../../../base/text.ts'

/** The guide as schema.org GovernmentService, for machines. */
export function governmentService(item: Item, url: string, language: Language): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentService',
    '@id': `${url}/items/${encodeURIComponent(item.code)}`,
    identifier: item.code,
    name: inLanguage(item.name, language),
    alternateName: item.everydayNames.map((name) => inLanguage(name, language)),
    serviceType: item.topics.map((topic) => inLanguage(topic, language)),
    provider: { '@type': 'GovernmentOrganization', name: inLanguage(item.implementingBody.name, language), identifier: item.implementingBody.code },
    audience: item.serviceTargets.map((target) => ({ '@type': 'Audience', audienceType: SERVICE_TARGETS.entries[target][language] })),
    availableChannel: [
      ...(item.applicable ? [{ '@type': 'ServiceChannel', serviceUrl: `${url}/apply/${encodeURIComponent(item.code)}` }] : []),
      ...item.places.map((place) => ({ '@type': 'ServiceChannel', serviceLocation: { '@type': 'Place', name: inLanguage(place.site, language), address: inLanguage(place.address, language) } })),
      { '@type': 'ServiceChannel', servicePhone: { '@type': 'ContactPoint', telephone: item.consultation.phone } },
    ],
    ...(item.result === null ? {} : { produces: { '@type': 'Thing', name: inLanguage(item.result.name, language) } }),
  }
}
