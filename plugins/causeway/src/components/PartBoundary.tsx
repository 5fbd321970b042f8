import { Component, type ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { useTexts } from './useTexts';

function Failed() {
  const { t } = useTexts();
  return (
    <Alert severity="error" role="status" variant="outlined">
      <AlertTitle>{t('gate.partFailed')}</AlertTitle>
      {t('gate.partFailedText')}
    </Alert>
  );
}

interface Props {
  children: ReactNode;
  /** What is shown; another one is tried anew. */
  of: string | number;
  onFail?: () => void;
}

interface State {
  of?: string | number;
  failed: boolean;
}

/** Keeps what cannot be shown from taking the rest of a page with it. */
export class PartBoundary extends Component<Props, State> {
  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return state.of === props.of ? null : { of: props.of, failed: false };
  }

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  state: State = { failed: false };

  componentDidCatch() {
    this.props.onFail?.();
  }

  render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}
