import type { Node, RangeVar } from 'libpg-query';

/** `schema.table`; a name without a schema counts as one of `public`, also that of a temporary table. */
export const relationName = (relation: RangeVar | undefined): string =>
  `${relation?.schemaname ?? 'public'}.${relation?.relname ?? ''}`;

/** The parts of a name as the parser lists them: strings, or one list (or object with arguments) of them. */
export function nameParts(nodes: Node | Node[] | undefined): string[] {
  if (!nodes) return [];
  return (Array.isArray(nodes) ? nodes : [nodes]).flatMap((node): string[] => {
    if ('String' in node) return [node.String.sval ?? ''];
    if ('List' in node) return nameParts(node.List.items);
    if ('ObjectWithArgs' in node) return nameParts(node.ObjectWithArgs.objname);
    if ('TypeName' in node) return nameParts(node.TypeName.names);
    return [];
  });
}

/** `schema.name` of such a list, `public` where it names no schema. */
export function qualifiedName(nodes: Node | Node[] | undefined): string {
  const parts = nameParts(nodes);
  return parts.length > 1 ? parts.join('.') : `public.${parts[0] ?? ''}`;
}

/** `public.orders` as people say it: `orders`. */
export const spokenName = (qualified: string): string => qualified.replace(/^public\./, '');
