import type { OpenAPIObject } from '@nestjs/swagger';

type Tag = NonNullable<OpenAPIObject['tags']>[number];

/** Whose key opens them first: what is of the caller and its tenant, then the domains. */
const FIRST: Tag[] = [
  { name: 'Me', description: 'Who calls, in which tenant, with which scopes.' },
  { name: 'Tenant', description: 'The tenant of the caller: its name, settings, features and domains.' },
  { name: 'API keys', description: 'What programs sign in with; a key is shown once, when it is made.' },
  { name: 'Members', description: 'The people in the tenant, and their roles.' },
  { name: 'Invitations', description: 'How people become members: a link, sent by mail.' },
  { name: 'Audit log', description: 'Who changed what, and when.' },
  { name: 'Services', description: 'Services, their versions, and who depends on whom.' },
  { name: 'Environments', description: 'Where versions are deployed.' },
  { name: 'Interactions', description: 'What consumers really asked, and what they rely on.' },
  { name: 'Fixtures', description: 'Expectations that mocks answer with, once somebody approved them.' },
  { name: 'Specifications', description: 'The OpenAPI documents of the services.' },
  { name: 'Verification', description: 'What each provider has to verify, and what came of it.' },
  { name: 'Deployments', description: 'Which version runs where, and whether another may.' },
  { name: 'Statistics', description: 'How much is recorded and verified, in numbers and as badges.' },
  { name: 'Customers', description: 'Whom quotes are for, and their contacts.' },
  { name: 'Projects', description: 'What quotes of a customer belong to.' },
  {
    name: 'Rate cards',
    description: 'What work costs, in a currency, for a time; and the service categories.',
  },
  { name: 'Tax rates', description: 'What is added to which class of lines.' },
  { name: 'Quotes', description: 'From the draft to the accepted offer: lines, versions, documents, links.' },
  { name: 'Approvals', description: 'Who has to agree before a quote leaves the house.' },
  {
    name: 'Public quotes',
    description: 'What a customer does with the link of a quote, without signing in.',
  },
  { name: 'GitHub', description: 'Installations of the GitHub App and their repositories.' },
];

/** What most keys do not open. */
const LAST: Tag[] = [
  { name: 'Platform administration', description: 'For operators: the scope `platform:admin`.' },
  { name: 'Health', description: 'For probes; no credential needed.' },
];

/**
 * The sections of the document, in the order in which they are shown. One that is not listed here, of a module that the
 * generator wrote, stands behind the domains and is described by its path.
 */
export function tagsOf({ paths }: Pick<OpenAPIObject, 'paths'>): Tag[] {
  const pathByTag = new Map<string, string>();
  for (const [path, operations] of Object.entries(paths)) {
    for (const { tags = [] } of Object.values(operations) as { tags?: string[] }[])
      for (const tag of tags) if (!pathByTag.has(tag)) pathByTag.set(tag, path);
  }
  const isUsed = ({ name }: Tag) => pathByTag.delete(name);
  const [first, last] = [FIRST.filter(isUsed), LAST.filter(isUsed)];
  const others = [...pathByTag].map(([name, path]) => ({ name, description: `\`${collectionOf(path)}\`.` }));
  return [...first, ...others.toSorted((a, b) => (a.name < b.name ? -1 : 1)), ...last];
}

/** `/v1/invoices` of `/v1/invoices/{id}`. */
const collectionOf = (path: string) => path.split('/{', 1)[0];
