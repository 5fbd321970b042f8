import { Io } from '../cli/Io';
import { Arguments } from '../cli/parseArguments';
import { createProgress } from '../cli/progress';
import { Settings } from '../config/Settings';
import { RunOptions } from '../engine/validateFiles';
import { createUrlReader } from '../input/readUrl';
import { readSnapshot } from '../snapshot/Snapshot';
import { takeSnapshot } from '../snapshot/takeSnapshot';
import { resolveLive, timeoutOf } from './catalogOptions';

/** What the run knows of the live catalog, and how it reads URLs. */
export async function readCatalog(
  args: Arguments,
  settings: Settings,
  io: Io,
  progress: ReturnType<typeof createProgress>,
): Promise<Pick<RunOptions, 'snapshot' | 'readUrl'>> {
  return {
    snapshot: await readKnown(args, settings, io, progress),
    readUrl: settings.followUrls.length
      ? createUrlReader({
          hosts: settings.followUrls,
          limits: {
            timeoutMs: timeoutOf(args) ?? 30_000,
            maxBytes: settings.limits.fileBytes,
          },
        })
      : undefined,
  };
}

async function readKnown(
  args: Arguments,
  settings: Settings,
  io: Io,
  progress: ReturnType<typeof createProgress>,
) {
  const url = args.text('live');
  if (url || (args.flag('auth') && !settings.snapshot)) {
    const timeoutMs = timeoutOf(args);
    return takeSnapshot({
      catalog: await resolveLive(args, url, io),
      limits: timeoutMs ? { timeoutMs } : {},
      now: io.now,
      onProgress: (done, total) =>
        progress.tick(done, total, 'entities of the live catalog'),
    });
  }
  return settings.snapshot ? readSnapshot(settings.snapshot) : undefined;
}
