import { CatalogKinds } from '../model/CatalogKinds';
import { likelySpelling } from '../model/spelling';
import { ReferenceText } from '../references/readReferences';

/** What is wrong with the kind that a reference names, if anything is. */
export function wrongKind(
  { parsed, field, text }: ReferenceText,
  kinds: CatalogKinds,
): { message: string; help: string } | undefined {
  if (!parsed.ref) {
    return undefined;
  }
  const { kind } = parsed.ref;
  const allowed = field.allowedKinds;
  if (
    allowed &&
    !allowed.some(one => one.toLowerCase() === kind.toLowerCase())
  ) {
    return {
      message: `${field.path} takes ${allowed.join(' or ')}, and "${text}" is ${withArticle(
        kinds.properName(kind) ?? kind,
      )}`,
      help: `Refer to ${allowed.map(withArticle).join(' or ')}.`,
    };
  }
  if (!kinds.properName(kind)) {
    const likely = likelySpelling(kind.toLowerCase(), kinds.names());
    return {
      message: `"${text}" refers to a kind that the catalog does not know: ${kind}${
        likely ? `; "${likely.toLowerCase()}" is meant, perhaps` : ''
      }`,
      help: `Known kinds: ${kinds.names().sort().join(', ')}.`,
    };
  }
  return undefined;
}

function withArticle(kind: string): string {
  return `${/^[AEIO]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}
