import { useMemo, useState } from 'react';
import type { RequestSubmission } from '@causeway/backstage-plugin-causeway-common';
import type { Ask } from './AskForm';
import { isReference } from './isReference';
import { formSchema } from './form/formSchema';
import { isValidInput } from './form/SchemaForm';
import { usePreview, type Preview } from './usePreview';

/** What is being asked for, whether it is complete, and what would come of it. */
export function useAsk(
  initial: Ask,
  placeholderReason: string,
): {
  ask: Ask;
  setAsk: (ask: Ask) => void;
  submission?: RequestSubmission;
  preview: Preview;
} {
  const [ask, setAsk] = useState(initial);
  const submission = useMemo((): RequestSubmission | undefined => {
    const { operation, target, input, reason } = ask;
    return operation &&
      isReference(target) &&
      isValidInput(formSchema(operation.inputSchema), input)
      ? {
          operation: operation.name,
          target: target.trim(),
          input,
          reason: reason.trim(),
        }
      : undefined;
  }, [ask]);
  // The reason decides nothing: a preview does not wait for it, nor ask again with each letter.
  const previewed = useMemo(
    () => submission && { ...submission, reason: placeholderReason },
    [submission, placeholderReason],
  );
  const preview = usePreview(previewed);
  return { ask, setAsk, submission, preview };
}
