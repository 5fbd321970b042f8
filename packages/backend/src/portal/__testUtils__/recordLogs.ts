import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import { inspect } from 'node:util';

/** A logger that keeps everything that is said to it, whatever its level, and with what. */
export function recordLogs() {
  const lines: string[] = [];
  const loggerOf = (about: object): RootLoggerService => {
    const say =
      (level: string) =>
      (message: string, meta: object = {}) => {
        lines.push(
          `${level} ${message} ${inspect({ ...about, meta }, { depth: 10, maxStringLength: null })}`,
        );
      };
    return {
      error: say('error') as RootLoggerService['error'],
      warn: say('warn') as RootLoggerService['warn'],
      info: say('info') as RootLoggerService['info'],
      debug: say('debug') as RootLoggerService['debug'],
      child: more => loggerOf({ ...about, ...more }),
    };
  };
  return {
    lines,
    rootLogger: createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => loggerOf({}),
    }),
  };
}
