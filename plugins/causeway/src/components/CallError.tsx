import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { serverWords } from '../lib/serverWords';
import { PlainText } from './PlainText';

/** Why something that was asked by hand did not happen. */
export function CallError(props: { title: string; error: Error }) {
  return (
    <Alert severity="error">
      <AlertTitle>{props.title}</AlertTitle>
      <PlainText text={serverWords(props.error)} />
    </Alert>
  );
}
