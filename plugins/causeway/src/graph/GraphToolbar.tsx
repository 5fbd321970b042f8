import { useId } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import InputLabel from '@mui/material/InputLabel';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { RiMindMap, RiTable2 } from '@remixicon/react';
import type {
  EstateGraph,
  GraphDirection,
} from '@causeway/backstage-plugin-causeway-common';
import { FacetSelect } from './FacetSelect';
import { facetValues, hiddenAtFirst, type HiddenValues } from './model';
import { depths, directions, type GraphView } from './useGraphParams';
import { useNames } from './useNames';
import { useTexts } from '../components/useTexts';

function Choice<T extends string | number>(props: {
  label: string;
  value: T;
  options: readonly T[];
  nameOf: (value: T) => string;
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <FormControl size="small" sx={{ minWidth: 92 }}>
      <InputLabel id={id}>{props.label}</InputLabel>
      <Select<T>
        labelId={id}
        label={props.label}
        value={props.value}
        onChange={event => props.onChange(event.target.value as T)}
      >
        {props.options.map(option => (
          <MenuItem key={option} value={option} dense>
            {props.nameOf(option)}
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}

/** What is asked for, what is shown of it, and how. */
export function GraphToolbar(props: {
  graph?: EstateGraph;
  depth: number;
  direction: GraphDirection;
  view: GraphView;
  hidden: HiddenValues;
  onParams: (params: {
    depth?: number;
    direction?: GraphDirection;
    view?: GraphView;
  }) => void;
  onHidden: (hidden: HiddenValues) => void;
}) {
  const { t } = useTexts();
  const { typeName, relationName, ownerName } = useNames();
  const { graph, hidden, onHidden, onParams } = props;
  const values = graph && facetValues(graph);
  const isFiltered = hidden !== hiddenAtFirst;

  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}
    >
      <Choice
        label={t('graph.depth')}
        value={props.depth}
        options={depths}
        nameOf={String}
        onChange={depth => onParams({ depth })}
      />
      <Choice
        label={t('graph.direction')}
        value={props.direction}
        options={directions}
        nameOf={direction => t(`graph.direction.${direction}`)}
        onChange={direction => onParams({ direction })}
      />
      {values && (
        <>
          <FacetSelect
            label={t('graph.types')}
            values={values.types}
            nameOf={typeName}
            hidden={hidden.types}
            onChange={types => onHidden({ ...hidden, types })}
          />
          <FacetSelect
            label={t('graph.relations')}
            values={values.relations}
            nameOf={relationName}
            hidden={hidden.relations}
            onChange={relations => onHidden({ ...hidden, relations })}
          />
          <FacetSelect
            label={t('graph.environments')}
            values={values.environments}
            nameOf={value => value || t('runtime.noEnvironment')}
            hidden={hidden.environments}
            onChange={environments => onHidden({ ...hidden, environments })}
          />
          <FacetSelect
            label={t('graph.owners')}
            values={values.owners}
            nameOf={ownerName}
            hidden={hidden.owners}
            onChange={owners => onHidden({ ...hidden, owners })}
          />
          {isFiltered && (
            <Button size="small" onClick={() => onHidden(hiddenAtFirst)}>
              {t('graph.reset')}
            </Button>
          )}
        </>
      )}
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label={t('graph.view')}
        value={props.view}
        onChange={(_event, view: GraphView | null) =>
          view && onParams({ view })
        }
        sx={{ ml: { md: 'auto' } }}
      >
        <ToggleButton value="graph" sx={{ gap: 1, px: 1.5 }}>
          <RiMindMap size={18} aria-hidden />
          {t('graph.asGraph')}
        </ToggleButton>
        <ToggleButton value="table" sx={{ gap: 1, px: 1.5 }}>
          <RiTable2 size={18} aria-hidden />
          {t('graph.asTable')}
        </ToggleButton>
      </ToggleButtonGroup>
    </Box>
  );
}
