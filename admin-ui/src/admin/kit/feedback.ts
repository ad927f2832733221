import { App } from 'antd';
import { useCallback } from 'react';
import type { Outcome } from '../app/outcome';

/** Says aloud what became of an action that has no form of its own. */
export function useTell() {
  const { message, notification } = App.useApp();
  return useCallback(
    (outcome: Outcome<unknown>, done?: string) => {
      if (outcome.kind === 'done') {
        if (done) message.success(done);
      } else notification.error({ title: outcome.message, role: 'alert', duration: 0 });
      return outcome.kind === 'done';
    },
    [message, notification],
  );
}
