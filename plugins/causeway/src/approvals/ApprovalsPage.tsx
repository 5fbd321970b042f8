import { Route, Routes } from 'react-router-dom';
import { RequestPage } from '../request/RequestPage';
import { QueueMemoryProvider } from './queueMemory';
import { QueuePage } from './QueuePage';

/** *Approvals*: the queue, and one request on one screen. */
export function ApprovalsPage() {
  return (
    <QueueMemoryProvider>
      <Routes>
        <Route index element={<QueuePage />} />
        <Route path=":id" element={<RequestPage />} />
      </Routes>
    </QueueMemoryProvider>
  );
}
