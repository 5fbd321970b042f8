import { Response } from 'express';
import { viewApplication } from './application';
import { maskFields } from './fieldMask';
import { ArgoRequest, selectedApplications, shown } from './routes';

/**
 * `GET /stream/applications`: a JSON line an event, the present Applications
 * first unless a resourceVersion says that they are known.
 */
export function streamApplications(request: ArgoRequest, res: Response): void {
  const { controller, req } = request;
  const fields =
    typeof req.query.fields === 'string' ? req.query.fields : undefined;
  const send = (type: string, application: object) =>
    res.write(
      `${JSON.stringify(maskFields({ result: { type, application } }, fields))}\n`,
    );

  res.status(200).set({
    'content-type': 'application/json',
    'transfer-encoding': 'chunked',
  });
  res.flushHeaders();
  if (!req.query.resourceVersion) {
    selectedApplications(request).forEach(application =>
      send('ADDED', shown(application)),
    );
  }
  const wanted = () =>
    new Set(selectedApplications(request).map(one => one.metadata.name));
  const stop = controller.host.subscribe(({ type, object }) => {
    if (
      object.kind !== 'Application' ||
      object.metadata.namespace !== controller.instance.namespace
    ) {
      return;
    }
    const { name } = viewApplication(object);
    if (type === 'DELETED' || wanted().has(name)) {
      send(type, shown(object));
    }
  });
  res.on('close', stop);
}
