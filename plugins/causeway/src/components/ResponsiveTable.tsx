import { useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useTexts } from './useTexts';

const Scroller = styled('div')({ overflowX: 'auto' });

const More = styled('div')({ padding: 8, textAlign: 'center' });

/*
 * A real table everywhere; where it is narrow each row becomes a card with the
 * column's name before each value. The roles are spelled out because browsers
 * drop those of rows and cells with their display.
 */
const Table = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  fontSize: '0.875rem',
  lineHeight: 1.45,
  '& th, & td': {
    padding: theme.spacing(1.25, 2),
    textAlign: 'left',
    verticalAlign: 'top',
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& thead th': {
    fontWeight: 500,
    fontSize: '0.8125rem',
    whiteSpace: 'nowrap',
    color: theme.palette.text.secondary,
  },
  '& tbody th': { fontWeight: 500 },
  '& code': { fontSize: '0.8125rem' },
  [theme.breakpoints.up('md')]: {
    '& [data-together]': { whiteSpace: 'nowrap' },
    // A name breaks anywhere only where there is no room for it at all.
    '& tbody th > div': { minWidth: '7rem' },
  },
  '& tbody tr:last-of-type > *': { borderBottom: 'none' },
  '& small': {
    display: 'block',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  [theme.breakpoints.down('md')]: {
    '&, & tbody, & tr, & td, & tbody th': { display: 'block' },
    '& thead': {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
    '& tr': {
      padding: theme.spacing(1, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    '& tr:last-of-type': { borderBottom: 'none' },
    '& td, & tbody th': {
      display: 'grid',
      gridTemplateColumns: '7.5rem minmax(0, 1fr)',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 2),
      borderBottom: 'none',
      overflowWrap: 'anywhere',
    },
    '& td::before, & tbody th::before': {
      content: 'attr(data-label)',
      fontWeight: 400,
      color: theme.palette.text.secondary,
    },
  },
}));

export interface TableColumn<Row> {
  id: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** Never broken into lines where the table is wide. */
  keepsTogether?: boolean;
}

/**
 * Table of few columns; the first one names the row. More than `firstShown`
 * rows are shown on demand.
 */
export function ResponsiveTable<Row>(props: {
  label: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  firstShown?: number;
}) {
  const { t } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const rows = showsAll ? props.rows : props.rows.slice(0, props.firstShown);
  return (
    <Scroller>
      <Table role="table" aria-label={props.label}>
        <thead>
          <tr role="row">
            {props.columns.map(column => (
              <th key={column.id} role="columnheader" scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={props.rowKey(row)} role="row">
              {props.columns.map((column, index) => {
                const Cell = index === 0 ? 'th' : 'td';
                return (
                  <Cell
                    key={column.id}
                    role={index === 0 ? 'rowheader' : 'cell'}
                    data-label={column.title}
                    data-together={column.keepsTogether || undefined}
                  >
                    <div>{column.render(row)}</div>
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
      {rows.length < props.rows.length && (
        <More>
          <Button onClick={() => setShowsAll(true)}>
            {t('common.showAll', { total: String(props.rows.length) })}
          </Button>
        </More>
      )}
    </Scroller>
  );
}
