import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import { RiCheckLine } from '@remixicon/react';
import { portalTranslationRef } from '../translation';
import { initialsOf } from './initials';
import { rememberPersona, type PersonaOffer } from './personas';

const List = styled('ul')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  display: 'grid',
  gap: 8,
});

const Choice = styled('button')(({ theme }) => ({
  width: '100%',
  display: 'grid',
  gridTemplateColumns: 'auto 1fr auto',
  alignItems: 'center',
  gap: theme.spacing(1.5),
  padding: theme.spacing(1.5),
  textAlign: 'left',
  font: 'inherit',
  color: 'inherit',
  cursor: 'pointer',
  borderRadius: 8,
  border: `1px solid ${theme.palette.divider}`,
  background: theme.palette.background.paper,
  '&:hover': { borderColor: theme.palette.primary.main },
  '&[aria-current]': { borderColor: theme.palette.primary.main },
}));

const Initials = styled('span')(({ theme }) => ({
  display: 'grid',
  placeItems: 'center',
  width: 40,
  height: 40,
  borderRadius: '50%',
  fontWeight: 600,
  color: theme.palette.primary.contrastText,
  background: theme.palette.primary.main,
}));

const Role = styled('span')(({ theme }) => ({
  display: 'block',
  fontSize: '0.875rem',
  color: theme.palette.text.secondary,
}));

/**
 * The people one may be. Choosing one loads the portal anew, since an identity
 * is set once for the life of the page.
 */
export function PersonaChooser(props: {
  offer: PersonaOffer;
  current?: string;
  /** Path that is opened then; the page that one is on without. */
  backTo?: string;
}) {
  const { t } = useTranslationRef(portalTranslationRef);
  const choose = (name: string) => {
    rememberPersona(name);
    if (props.backTo === undefined) {
      window.location.reload();
    } else {
      window.location.assign(props.backTo);
    }
  };
  return (
    <List aria-label={t('persona.people')}>
      {props.offer.personas.map(persona => {
        const isCurrent = persona.name === props.current;
        return (
          <li key={persona.name}>
            <Choice
              type="button"
              aria-current={isCurrent || undefined}
              onClick={() => choose(persona.name)}
            >
              <Initials aria-hidden>{initialsOf(persona.displayName)}</Initials>
              <span>
                <strong>{persona.displayName}</strong>
                <Role>{persona.title}</Role>
              </span>
              {isCurrent && <RiCheckLine aria-label={t('persona.current')} />}
            </Choice>
          </li>
        );
      })}
    </List>
  );
}
