import { useTexts } from './useTexts';

/** As much of a digest as people compare. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}

export function Digest(props: { digest: string; name?: string }) {
  const { t } = useTexts();
  return (
    <code title={`${props.name ?? t('gate.digest')} ${props.digest}`}>
      {shortDigest(props.digest)}
    </code>
  );
}
