import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { LoadError } from './LoadError';

/** Part of a card that is loaded: what fails and what is awaited look alike everywhere. */
export function Loaded<T>(props: {
  /** As `useLoaded` and its kin give it; a value stays although a later load failed. */
  of: { value?: T; error?: Error; retry: () => void };
  errorTitle: string;
  children: (value: T) => ReactNode;
}) {
  const { value, error, retry } = props.of;
  if (value !== undefined) {
    return <>{props.children(value)}</>;
  }
  return (
    <Box aria-busy={error === undefined || undefined} sx={{ p: 2 }}>
      {error ? (
        <LoadError title={props.errorTitle} error={error} onRetry={retry} />
      ) : (
        <>
          <Skeleton />
          <Skeleton />
        </>
      )}
    </Box>
  );
}
