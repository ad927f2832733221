import { useCallback } from 'react';
import { useT } from '../app/i18n';

/** Seconds as one says them: 45 seconds, 12 minutes, 3 hours. */
export function useSeconds() {
  const t = useT();
  return useCallback(
    (seconds: number | null | undefined) => {
      if (seconds === null || seconds === undefined) return '—';
      if (seconds < 90) return t('seconds.seconds', { n: seconds });
      if (seconds < 5400) return t('seconds.minutes', { n: Math.round(seconds / 60) });
      return t('seconds.hours', { n: Math.round(seconds / 360) / 10 });
    },
    [t],
  );
}
