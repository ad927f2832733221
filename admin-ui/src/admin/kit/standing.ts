import { useCallback } from 'react';
import { useT, useTerm } from '../app/i18n';
import type { Outcome } from '../app/outcome';

/** Where somebody was faster, says too where the thing stands now, so that one need not go and look. */
export function useStanding(group: string) {
  const t = useT();
  const term = useTerm();
  return useCallback(
    <S>(outcome: Outcome<S>): Outcome<S> => {
      if (outcome.kind !== 'refused') return outcome;
      const current = outcome.refusal.current as { status?: string | null } | null | undefined;
      if (!current?.status) return outcome;
      return {
        ...outcome,
        message: t('form.nowStands', { message: outcome.message, status: term(group, current.status) }),
      };
    },
    [t, term, group],
  );
}
