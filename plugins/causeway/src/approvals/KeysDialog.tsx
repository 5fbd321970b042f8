import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { styled } from '@mui/material/styles';
import { keyList } from './keys';
import { useTexts } from '../components/useTexts';

const Table = styled('table')(({ theme }) => ({
  borderCollapse: 'collapse',
  '& th': {
    textAlign: 'left',
    fontWeight: 400,
    padding: theme.spacing(0.5, 2, 0.5, 0),
    whiteSpace: 'nowrap',
  },
  '& td': { padding: theme.spacing(0.5, 0) },
  '& kbd': {
    padding: '2px 7px',
    marginRight: 4,
    borderRadius: 4,
    fontSize: '0.8125rem',
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.default,
  },
}));

/** The keys, and the way to turn single letters off. */
export function KeysDialog(props: {
  letters: boolean;
  onLetters: (on: boolean) => void;
  onClose: () => void;
}) {
  const { t } = useTexts();
  return (
    <Dialog
      open
      onClose={props.onClose}
      aria-labelledby="causeway-keys-title"
      onKeyDown={event => event.key === '?' && props.onClose()}
    >
      <DialogTitle id="causeway-keys-title">
        {t('approvals.keysTitle')}
      </DialogTitle>
      <DialogContent>
        <Table>
          <tbody>
            {keyList.map(({ action, keys }) => (
              <tr key={action}>
                <th scope="row">
                  {keys.map(key => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </th>
                <td>{t(`approvals.key.${action}`)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
        <FormControlLabel
          sx={{ mt: 1.5 }}
          control={
            <Switch
              checked={props.letters}
              onChange={(_event, on) => props.onLetters(on)}
            />
          }
          label={t('approvals.letters')}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('approvals.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
