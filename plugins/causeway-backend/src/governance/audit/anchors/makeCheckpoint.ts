import { setImmediate as pause } from 'node:timers/promises';
import {
  type AnchorKey,
  type ChainHead,
  ChainVerifier,
  checkpointFormat,
  checkpointHash,
  genesisHash,
  hashEntry,
  isSignedBy,
  readHead,
  readLinks,
  type RunSql,
  signCheckpoint,
  type SignedCheckpoint,
} from '@causeway/backstage-plugin-causeway-common/audit';
import { AnchorMismatch } from './AnchorMismatch';
import type { AnchorSettings } from './AnchorSettings';

const pageSize = 500;

/**
 * The next checkpoint, where one is due. Before anything is signed, the last
 * checkpoint has to be ours, and the entries since then have to follow on it.
 *
 * @throws AnchorMismatch where they do not
 */
export async function makeCheckpoint(options: {
  run: RunSql;
  settings: Pick<AnchorSettings, 'key' | 'known' | 'every' | 'entries'>;
  /** Random id of the database. */
  database: string;
  last: SignedCheckpoint | undefined;
  /** Epoch milliseconds, database time. */
  now: number;
}): Promise<SignedCheckpoint | undefined> {
  const { run, settings, database, last, now } = options;
  if (last) {
    await requireOwn(last, settings.known, database);
  }
  const { head } = await readHead(run);
  if (!head) {
    throw new AnchorMismatch('the end of the trail is not kept any more');
  }
  const covered = last?.checkpoint.seq ?? 0;
  if (head.seq < covered) {
    throw new AnchorMismatch(
      `the trail ends with entry ${head.seq}, and checkpoint ${last!.checkpoint.number} covers up to entry ${covered}: its end was cut off`,
    );
  }
  if (head.seq === covered || !isDue(head, last, settings, now)) {
    return undefined;
  }
  await requireFitting(run, head, last);
  return signCheckpoint(
    {
      format: checkpointFormat,
      number: (last?.checkpoint.number ?? 0) + 1,
      database,
      seq: head.seq,
      hash: head.hash,
      entries: head.seq - covered,
      at: now,
      previous: last ? checkpointHash(last) : genesisHash,
    },
    settings.key,
  );
}

function isDue(
  head: ChainHead,
  last: SignedCheckpoint | undefined,
  { every, entries }: Pick<AnchorSettings, 'every' | 'entries'>,
  now: number,
): boolean {
  return (
    !last ||
    now - last.checkpoint.at >= every ||
    head.seq - last.checkpoint.seq >= entries
  );
}

/** The last checkpoint stands in a database that others can write. */
async function requireOwn(
  last: SignedCheckpoint,
  known: readonly AnchorKey[],
  database: string,
): Promise<void> {
  const { number, key: id, database: of } = last.checkpoint;
  const key = known.find(one => one.id === id);
  if (!key) {
    throw new AnchorMismatch(
      `checkpoint ${number} was signed with key ${id}, which is not known here: if the key was changed, name the public half of the earlier one in causeway.gate.audit.anchors.publicKeys`,
    );
  }
  if (!(await isSignedBy(last, key))) {
    throw new AnchorMismatch(
      `checkpoint ${number} in the database is not what was signed: somebody changed it`,
    );
  }
  if (of !== database) {
    throw new AnchorMismatch(
      `checkpoint ${number} is of the database ${of}, and this is ${database}: somebody brought it here`,
    );
  }
}

/** Entries up to the end follow on what was signed last. */
async function requireFitting(
  run: RunSql,
  head: ChainHead,
  last: SignedCheckpoint | undefined,
): Promise<void> {
  const from = last
    ? { seq: last.checkpoint.seq, hash: last.checkpoint.hash }
    : { seq: 0, hash: genesisHash };
  if (last) {
    const [entry] = await readLinks(run, from.seq - 1, 1);
    if (
      entry?.seq !== from.seq ||
      entry.hash !== from.hash ||
      hashEntry(entry.previous, entry.canonical) !== entry.hash
    ) {
      throw new AnchorMismatch(
        `entry ${from.seq} is not what it was when checkpoint ${last.checkpoint.number} was signed: the trail was changed`,
      );
    }
  }
  const chain = new ChainVerifier({ from });
  while (chain.entries < head.seq) {
    const links = (await readLinks(run, chain.entries, pageSize)).filter(
      ({ seq }) => seq <= head.seq,
    );
    for (const link of links) {
      const broken = chain.add(link);
      if (broken) {
        throw new AnchorMismatch(
          `the trail is broken at entry ${broken.seq}: ${broken.why}`,
        );
      }
    }
    if (links.length < pageSize) {
      break;
    }
    await pause();
  }
  const end = chain.finish(head);
  if (end) {
    throw new AnchorMismatch(
      `the trail is broken at entry ${end.seq}: ${end.why}`,
    );
  }
}
