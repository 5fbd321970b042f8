import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import { RiExternalLinkLine } from '@remixicon/react';
import type { EntityEstate } from '@causeway/backstage-plugin-causeway-common';
import { EntityLink } from '../components/EntityLink';
import { useTexts } from '../components/useTexts';

const List = styled('dl')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(2, 5),
  margin: 0,
  '& dt': {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  '& dd': { margin: 0, lineHeight: 1.5 },
  '& small': {
    display: 'block',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

const Links = styled('span')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.5, 2),
  '& a': { display: 'inline-flex', alignItems: 'center', gap: 4 },
}));

/** Owner with the rule that decided, and links to the sources of truth. */
export function AboutLine({ estate }: { estate: EntityEstate }) {
  const { t } = useTexts();
  const { owner, links } = estate;
  return (
    <List>
      <div>
        <dt>{t('runtime.owner')}</dt>
        <dd>
          {owner ? (
            <>
              <EntityLink entityRef={owner.value} />
              <small>
                {t('origin.hint', {
                  origin: t(`origin.${owner.origin}`),
                  rule: owner.rule,
                })}
                {owner.evidence && `: ${owner.evidence}`}
              </small>
            </>
          ) : (
            t('runtime.noOwner')
          )}
        </dd>
      </div>
      {links.length > 0 && (
        <div>
          <dt>{t('runtime.links')}</dt>
          <dd>
            <Links>
              {links.map(link => (
                <Link key={link.url} to={link.url}>
                  {link.title}
                  <RiExternalLinkLine size={14} aria-hidden />
                </Link>
              ))}
            </Links>
          </dd>
        </div>
      )}
    </List>
  );
}
