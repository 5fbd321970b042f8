import { useState } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTexts } from '../components/useTexts';

/** Takes a request back that one asked for, after one more question. */
export function WithdrawButton(props: {
  busy: boolean;
  onWithdraw: () => void;
}) {
  const { t } = useTexts();
  const [asks, setAsks] = useState(false);
  return (
    <div>
      <Button color="error" disabled={props.busy} onClick={() => setAsks(true)}>
        {t('request.withdraw')}
      </Button>
      {asks && (
        <Dialog
          open
          onClose={() => setAsks(false)}
          aria-labelledby="causeway-withdraw-title"
        >
          <DialogTitle id="causeway-withdraw-title">
            {t('request.withdrawTitle')}
          </DialogTitle>
          <DialogContent>{t('request.withdrawText')}</DialogContent>
          <DialogActions>
            <Button onClick={() => setAsks(false)}>
              {t('request.cancel')}
            </Button>
            <Button
              variant="contained"
              color="error"
              onClick={() => {
                setAsks(false);
                props.onWithdraw();
              }}
            >
              {t('request.withdraw')}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </div>
  );
}
