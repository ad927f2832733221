import { type RefObject, useEffect, useRef } from 'react';
import { useT } from '../app/i18n';

export interface Problem {
  /** The id of the field to go to; without one, the problem is about the whole. */
  fieldId?: string | undefined;
  message: string;
}

/**
 * Everything that is wrong, on top of the form, each line a link to its field. Takes the focus when it appears. What is
 * about no field is counted by nobody: it says why nothing was done.
 */
export function ErrorSummary({ problems }: { problems: Problem[] }) {
  const t = useT();
  const box: RefObject<HTMLDivElement | null> = useRef(null);
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box} aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">
        {problems.some(({ fieldId }) => fieldId)
          ? t('form.problems', { count: problems.length, n: problems.length })
          : t('form.notDone')}
      </h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.fieldId ?? ''}${problem.message}`}>
            {problem.fieldId ? (
              <a
                href={`#${problem.fieldId}`}
                onClick={(event) => {
                  event.preventDefault();
                  focusField(problem.fieldId as string);
                }}
              >
                {problem.message}
              </a>
            ) : (
              problem.message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Goes to a field by its id: to its control, or to the part of the form that holds it. */
export function focusField(id: string) {
  const target = document.getElementById(id);
  const focusable = target?.matches('input,select,textarea,button,a')
    ? target
    : target?.querySelector<HTMLElement>('input,select,textarea,button');
  (focusable ?? target)?.focus();
  (focusable ?? target)?.scrollIntoView({ block: 'center' });
}
