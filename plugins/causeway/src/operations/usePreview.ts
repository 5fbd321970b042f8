import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AssessmentPreview,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';

/** Assessing is limited: what is typed is asked about after a pause. */
export const previewPauseMs = 500;

export interface Preview {
  preview?: AssessmentPreview;
  error?: Error;
  loading: boolean;
}

/** What would become of a submission, while it is being written; nothing while there is none. */
export function usePreview(submission: RequestSubmission | undefined): Preview {
  const api = useApi(gateApiRef);
  const key = submission && JSON.stringify(submission);
  const [state, setState] = useState<Preview & { of?: string }>({
    loading: false,
  });
  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(async () => {
      try {
        const preview = await api.assess(JSON.parse(key), { signal });
        if (!signal.aborted) {
          setState({ of: key, preview, loading: false });
        }
      } catch (error) {
        if (!signal.aborted) {
          setState({ of: key, error: error as Error, loading: false });
        }
      }
    }, previewPauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, key]);
  if (key === undefined) {
    return { loading: false };
  }
  // What was asked before stays on the screen until the answer is there.
  return state.of === key ? state : { preview: state.preview, loading: true };
}
