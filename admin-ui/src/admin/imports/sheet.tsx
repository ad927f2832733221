import { Alert } from 'antd';
import { useT } from '../app/i18n';
import type { Import } from './detail';

/** Codes of what no row of a market can show, because it is about headings or about rows that are none. */
const ABOUT_SHEET = [
  'COLUMN_MISSING',
  'COLUMN_IGNORED',
  'COLUMN_DUPLICATE',
  'ROW_SKIPPED',
  'CITY_MISSING',
  'PHONE_UNUSABLE',
];

/**
 * What is to be said about the sheet as a whole: headings nobody knows, rows that were passed over. It is looked for
 * among the first findings; where there are more, that is said.
 */
export function SheetIssues({ item }: { item: Import }) {
  const t = useT();
  const issues = (item.issues?.edges ?? [])
    .map((e) => e.node)
    .filter((issue) => issue.row === 0 || ABOUT_SHEET.includes(issue.code));
  const more = item.issues?.pageInfo.hasNextPage ?? false;
  if (issues.length === 0 && !more) return null;
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
            <li key={`${issue.row} ${issue.code} ${issue.column} ${issue.message}`}>
              {issue.row > 0 ? <b>{t('imports.sheetRow', { row: issue.row })} </b> : null}
              {issue.message} <span className="soft">{issue.hint}</span>
            </li>
          ))}
          {more ? <li>{t('imports.sheetMore')}</li> : null}
        </ul>
      }
    />
  );
}
