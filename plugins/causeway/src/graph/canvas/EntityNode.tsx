import { memo, useCallback, type KeyboardEvent } from 'react';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { RiArchiveLine, RiMapPinFill, RiTimeLine } from '@remixicon/react';
import { healthLooks, typeIcon } from '../../components/icons';
import { shownHealth } from '../../lib/health';
import { nodeType } from '../model';
import { useCanvas } from './CanvasContext';
import type { EntityFlowNode } from './flowModel';

/*
 * Plain elements, styled once by the canvas: hundreds of these are drawn, and
 * a component library's cost per element would be felt.
 */
function EntityNodeBody({ id, data }: NodeProps<EntityFlowNode>) {
  const canvas = useCanvas();
  const { node, isRoot, label, subtitle } = data;
  const TypeIcon = typeIcon(nodeType(node));
  const health =
    node.health && healthLooks[shownHealth(node.health, node.scheduled)];
  const HealthIcon = health?.icon;

  const register = useCallback(
    (element: HTMLButtonElement | null) => canvas.register(id, element),
    [canvas, id],
  );
  const onKeyDown = (event: KeyboardEvent) => canvas.onNodeKey(event, id);

  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        ref={register}
        type="button"
        className="entity"
        data-root={isRoot || undefined}
        data-stale={node.stale || undefined}
        aria-label={label}
        onClick={() => canvas.open(id)}
        onFocus={event =>
          event.currentTarget.matches(':focus-visible') && canvas.reveal(id)
        }
        onKeyDown={onKeyDown}
      >
        <TypeIcon className="kind" size={20} aria-hidden />
        <span className="text">
          <span className="title">{node.title}</span>{' '}
          <span className="subtitle">{subtitle}</span>
        </span>
        {isRoot && <RiMapPinFill size={16} aria-hidden />}
        {node.lifecycle === 'deprecated' && (
          <RiArchiveLine size={16} className="caution" aria-hidden />
        )}
        {node.stale && <RiTimeLine size={16} className="caution" aria-hidden />}
        {health && HealthIcon && (
          <HealthIcon size={16} className={health.tone} aria-hidden />
        )}
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}

export const EntityNode = memo(EntityNodeBody);
