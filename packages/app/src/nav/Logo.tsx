import { useId } from 'react';

/** A raised, paved road over water; with `wordmark` beside its name. */
export function Logo({ wordmark }: { wordmark: boolean }) {
  const title = useId();
  return (
    <svg
      role="img"
      aria-labelledby={title}
      height={32}
      viewBox={wordmark ? '0 0 148 32' : '0 0 32 32'}
    >
      <title id={title}>Causeway</title>
      <path d="M13 4h6l7 17H6z" fill="#e8eef2" />
      <path
        d="M16 7v2.200M16 12v3M16 17.500v3.5"
        stroke="#b97400"
        strokeWidth="2"
      />
      <path
        d="M3 26c2.2-1.7 4.3-1.7 6.5 0s4.3 1.7 6.5 0 4.3-1.7 6.5 0 4.3 1.7 6.5 0"
        fill="none"
        stroke="#63c5d6"
        strokeWidth="2"
        strokeLinecap="round"
      />
      {wordmark && (
        <text
          x="42"
          y="22.5"
          fill="#ffffff"
          fontSize="19"
          fontWeight="600"
          letterSpacing="-0.2"
        >
          Causeway
        </text>
      )}
    </svg>
  );
}
