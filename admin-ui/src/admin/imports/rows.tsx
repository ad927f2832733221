import { EditOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { type MessageKey, useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { CorrectImportRowDocument, type ImportPageQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { DivisionPicker } from '../kit/division';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { DataTable } from '../kit/table';
import { type Column, columnOf, correctionOf } from './columns';
import type { Import } from './detail';

type Row = NonNullable<NonNullable<ImportPageQuery['directoryImport']>['rows']>['edges'][number]['node'];
type Issue = Row['issues'][number];

interface Props {
  item: Import;
  rows: Row[];
  refetch: () => void;
}

interface Mending {
  row: Row;
  column: Column;
}

/** The sheet as it was read, row by row; a bad cell says why and is mended in place. */
export function ImportRows({ item, rows, refetch }: Props) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const [mending, setMending] = useState<Mending | null>(null);
  const editable = item.status === 'CHECKED';

  const cell = (column: Column, shown: (row: Row) => ReactNode) => (_: unknown, row: Row) => (
    <Cell
      row={row}
      column={column}
      title={t(`imports.column.${column}`)}
      {...(editable ? { onMend: () => setMending({ row, column }) } : {})}
    >
      {shown(row)}
    </Cell>
  );

  return (
    <>
      <DataTable<Row>
        rowKey="row"
        dataSource={rows}
        size="small"
        className="import-rows"
        scroll={{ x: 1060 }}
        rowClassName={(row) => (row.good ? '' : 'row-bad')}
        columns={[
          { title: t('imports.col.row'), width: 50, fixed: 'left', render: (_, r) => r.row },
          { title: t('imports.column.name'), width: 150, render: cell('name', (r) => r.name) },
          { title: t('imports.column.nature'), width: 112, render: cell('nature', (r) => <Nature row={r} />) },
          { title: t('imports.column.hoursText'), width: 128, render: cell('hoursText', (r) => r.hoursText) },
          { title: t('imports.column.address'), render: cell('address', (r) => r.address) },
          { title: t('imports.column.division'), width: 100, render: cell('division', (r) => r.divisionName) },
          { title: t('imports.column.seekerScale'), width: 96, render: cell('seekerScale', (r) => r.seekerScale) },
          {
            title: t('imports.column.trades'),
            width: 140,
            render: cell('trades', (r) => (
              <>
                {format.list(r.trades)}
                {r.unknownTrades.length ? (
                  <div className="soft">{t('imports.unknownTrades', { names: format.list(r.unknownTrades) })}</div>
                ) : null}
              </>
            )),
          },
          {
            title: t('imports.column.dailySuccesses'),
            width: 88,
            render: cell('dailySuccesses', (r) => r.dailySuccesses),
          },
          {
            title: t('imports.col.action'),
            width: 76,
            render: (_, r) => <Chip tone={r.good ? 'plain' : 'bad'}>{term('importAction', r.action)}</Chip>,
          },
        ]}
      />
      {mending ? <Mend item={item} mending={mending} onClose={() => setMending(null)} onDone={refetch} /> : null}
    </>
  );
}

/** The one of three that a nature was read as; how it was read is said by its note. */
function Nature({ row }: { row: Row }) {
  const t = useT();
  const term = useTerm();
  const read = row.nature ? term('nature', row.nature) : null;
  return (
    <>
      {read ?? issuesOf(row, 'nature')[0]?.value}
      {row.publicInterest ? <div className="soft">{t('markets.publicInterest')}</div> : null}
    </>
  );
}

interface CellProps {
  row: Row;
  column: Column;
  title: string;
  onMend?: () => void;
  children: ReactNode;
}

function issuesOf(row: Row, column: Column): Issue[] {
  return row.issues.filter((issue) => columnOf(issue) === column);
}

function Cell({ row, column, title, onMend, children }: CellProps) {
  const t = useT();
  const issues = issuesOf(row, column);
  const bad = issues.some((issue) => issue.severity === 'ERROR');
  return (
    <div className={bad ? 'cell bad' : 'cell'}>
      <span>{children || '—'}</span>
      {issues.map((issue) => (
        <div key={issue.code + issue.message} className={issue.severity === 'ERROR' ? 'issue' : 'issue note'}>
          {issue.severity === 'ERROR' ? '✕ ' : 'ⓘ '}
          {issue.message}
          <div className="soft">{issue.hint}</div>
        </div>
      ))}
      {onMend && (bad || issues.length > 0) ? (
        <Button
          size="small"
          icon={<EditOutlined />}
          onClick={onMend}
          aria-label={t('imports.mendCell', { row: row.row, column: title })}
        >
          {t('imports.mend')}
        </Button>
      ) : null}
    </div>
  );
}

function typedIn(row: Row, column: Column): string {
  const issue = issuesOf(row, column).find((i) => i.severity === 'ERROR');
  // What was read is a sentence about it: the cell itself is what one corrects.
  if (column === 'division') return '';
  if (column === 'trades') return issue?.value ?? [...row.trades, ...row.unknownTrades].join('、');
  if (column === 'nature') return issuesOf(row, column)[0]?.value ?? '';
  return issue?.value ?? row[column] ?? '';
}

interface MendProps {
  item: Import;
  mending: Mending;
  onClose: () => void;
  onDone: () => void;
}

function Mend({ item, mending: { row, column }, onClose, onDone }: MendProps) {
  const t = useT();
  const [correct] = useAction(CorrectImportRowDocument);
  const issues = issuesOf(row, column);
  const title = t(`imports.column.${column}` as MessageKey);
  // An address without a street office is mended by choosing one.
  const withDivision = column === 'address' || column === 'division';
  return (
    <FormDialog<Partial<Record<Column, string>>>
      name="mend"
      title={t('imports.mendTitle', { row: row.row, column: title })}
      initial={{ [column]: typedIn(row, column) }}
      onClose={onClose}
      onSubmit={(values) =>
        correct({ id: item.id, version: item.version, row: row.row, input: correctionOf(column, values) })
      }
      onDone={onDone}
    >
      {issues.map((issue) => (
        <p key={issue.message}>
          <b>{issue.message}</b>
          <br />
          {issue.hint}
        </p>
      ))}
      {column === 'division' ? null : (
        <Form.Item
          name={column}
          label={title}
          rules={[
            { required: column === 'name' || column === 'nature', message: t('form.required', { field: title }) },
          ]}
        >
          <Input maxLength={300} />
        </Form.Item>
      )}
      {withDivision ? (
        <Form.Item name="division" label={t('imports.column.division')}>
          <DivisionPicker allowClear />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}
