import { Alert } from 'antd';
import { useT } from '../app/i18n';
import type { Import } from './detail';

/** What is to be said about the sheet as a whole (row 0): headings nobody knows, rows that were passed over. */
export function SheetIssues({ item }: { item: Import }) {
  const t = useT();
  const issues = (item.issues?.edges ?? []).map((e) => e.node).filter((issue) => issue.row === 0);
  if (issues.length === 0) return null;
  const bad = issues.some((issue) => issue.severity === 'ERROR');
  return (
    <Alert
      className="gap"
      type={bad ? 'error' : 'info'}
      showIcon
      title={t('imports.sheet')}
      description={
        <ul className="sheet-issues">
          {issues.map((issue) => (
            <li key={issue.code + issue.column + issue.message}>
              {issue.columnTitle ? <b>{issue.columnTitle} </b> : null}
              {issue.message} <span className="soft">{issue.hint}</span>
            </li>
          ))}
        </ul>
      }
    />
  );
}
