import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import {
  type AgencyInspectionInput,
  AgencyInspectionsDocument,
  type AgencyInspectionsQuery,
  type InspectionFollowUpInput,
  type InspectionResult,
  RecordInspectionDocument,
  RecordInspectionFollowUpDocument,
} from '../../gql/graphql';
import { Chip, type Tone } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { PartList } from '../../kit/parts';
import { RowList } from '../../kit/row-list';
import { useRequired } from '../../kit/rules';
import type { AgencyTabProps } from '../detail';

type Row = NonNullable<AgencyInspectionsQuery['agencyInspections']>['edges'][number]['node'];
const TONES: Record<InspectionResult, Tone> = { COMPLIANT: 'good', RECTIFY: 'warn', PENALTY: 'bad' };
const RESULTS: InspectionResult[] = ['COMPLIANT', 'RECTIFY', 'PENALTY'];
const KINDS = ['ROUTINE', 'RANDOM', 'SPECIAL', 'COMPLAINT'] as const;
/** Inspectors at least (人力资源市场暂行条例 第三十五条). */
const LEAST = 2;

/** Inspections (监督检查) by two at least: what was found, what came of it, and when somebody looks again. */
export function InspectionsTab({ agency }: AgencyTabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const pages = usePages(agency.id);
  const query = useQuery({
    query: AgencyInspectionsDocument,
    variables: { id: agency.id, first: PAGE_SIZE, after: pages.after, filter: null },
  });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const [following, setFollowing] = useState<Row | null>(null);
  const may = can('agency.inspect');
  return (
    <Paged query={query} pages={pages} of={(data) => data.agencyInspections}>
      {(rows) => (
        <>
          <PartList<Row>
            title={t('agencies.tab.inspections')}
            rows={rows}
            empty={t('inspections.none')}
            nameOf={(row) => format.date(row.inspectedOn)}
            addText={t('inspections.record')}
            canEdit={false}
            refetch={refetch}
            dialog={
              may
                ? (_, close) => <InspectionDialog agencyId={agency.id} onClose={close} refetch={refetch} />
                : undefined
            }
            columns={[
              { title: t('inspections.on'), className: 'nowrap', render: (_, i) => format.date(i.inspectedOn) },
              { title: t('inspections.kind'), render: (_, i) => term('inspectionKind', i.kind) },
              {
                title: t('inspections.inspectors'),
                render: (_, i) => format.list(i.inspectors.map(({ name }) => name)),
              },
              { title: t('inspections.findings'), render: (_, i) => i.findings },
              {
                title: t('inspections.result'),
                render: (_, i) => <Chip tone={TONES[i.result]}>{term('inspectionResult', i.result)}</Chip>,
              },
              { title: t('inspections.followUp'), render: (_, i) => <FollowUp row={i} /> },
              ...(may
                ? [
                    {
                      title: t('inspections.again'),
                      key: 'again',
                      render: (_: unknown, i: Row) =>
                        i.followUpOn && !i.followedUpOn ? (
                          <Button
                            size="small"
                            aria-label={t('inspections.againOne', { date: format.date(i.inspectedOn) })}
                            onClick={() => setFollowing(i)}
                          >
                            {t('inspections.recordAgain')}
                          </Button>
                        ) : null,
                    },
                  ]
                : []),
            ]}
          />
          {following ? <FollowUpDialog row={following} onClose={() => setFollowing(null)} refetch={refetch} /> : null}
        </>
      )}
    </Paged>
  );
}

function FollowUp({ row: i }: { row: Row }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  if (i.followedUpOn)
    return (
      <>
        {t('inspections.followedUp', { date: format.date(i.followedUpOn) })}{' '}
        {i.followUpResult ? (
          <Chip tone={TONES[i.followUpResult]}>{term('inspectionResult', i.followUpResult)}</Chip>
        ) : null}
        <div className="soft">{i.followUpNote}</div>
      </>
    );
  return (
    <>
      {format.date(i.followUpOn)} {i.followUpOverdue ? <Chip tone="bad">{t('postings.overdue')}</Chip> : null}
    </>
  );
}

interface DialogProps {
  onClose: () => void;
  refetch: () => void;
}

interface Values extends Omit<AgencyInspectionInput, 'inspectorNames' | 'inspectorAccounts'> {
  self: { name?: string }[];
}

function InspectionDialog({ agencyId, onClose, refetch }: DialogProps & { agencyId: string }) {
  const t = useT();
  const { viewer } = useSession();
  const [record] = useAction(RecordInspectionDocument);
  const own = viewer.account.displayName;
  return (
    <FormDialog<Values>
      name="inspection"
      title={t('inspections.record')}
      width={640}
      initial={{ kind: 'ROUTINE', result: 'COMPLIANT', inspectedOn: today(), self: [{ name: own }, {}] }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={({ kind, result, inspectedOn, findings, followUpOn, self }) => {
        const names = (self ?? []).map(({ name }) => name?.trim() ?? '').filter(Boolean);
        // Who is signed in is one by account, as long as the name stands there.
        const here = names.includes(own);
        return record({
          agencyId,
          input: {
            kind,
            result,
            inspectedOn,
            findings: findings.trim(),
            followUpOn: followUpOn || null,
            inspectorAccounts: here ? [viewer.account.id] : null,
            inspectorNames: names.filter((_, i) => !here || i !== names.indexOf(own)),
          },
        });
      }}
    >
      <InspectionFields />
    </FormDialog>
  );
}

function InspectionFields() {
  const t = useT();
  const required = useRequired();
  const result = Form.useWatch('result') as InspectionResult | undefined;
  return (
    <>
      <div className="filter-grid">
        <Form.Item name="inspectedOn" label={t('inspections.on')} rules={required(t('inspections.on'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="kind" label={t('inspections.kind')}>
          <TermSelect group="inspectionKind" values={KINDS} />
        </Form.Item>
      </div>
      <p className="soft">{t('inspections.two', { n: LEAST })}</p>
      <div id="inspection_inspectorNames">
        <RowList
          name="self"
          title={(n) => t('inspections.inspector', { n })}
          removeText={(n) => t('inspections.removeInspector', { n })}
          addText={t('inspections.addInspector')}
          fresh={() => ({})}
        >
          {(index) => (
            <Form.Item
              name={[index, 'name']}
              label={t('inspections.inspectorName')}
              rules={required(t('inspections.inspectorName'))}
            >
              <Input maxLength={50} />
            </Form.Item>
          )}
        </RowList>
      </div>
      <Form.Item name="findings" label={t('inspections.findings')} rules={required(t('inspections.findings'))}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="result" label={t('inspections.result')}>
          <TermSelect group="inspectionResult" values={RESULTS} />
        </Form.Item>
        <Form.Item
          name="followUpOn"
          label={t('inspections.followUp')}
          extra={result === 'RECTIFY' ? t('inspections.followUpHint') : null}
        >
          <Input type="date" />
        </Form.Item>
      </div>
    </>
  );
}

function FollowUpDialog({ row, onClose, refetch }: DialogProps & { row: Row }) {
  const t = useT();
  const required = useRequired();
  const [record] = useAction(RecordInspectionFollowUpDocument);
  return (
    <FormDialog<InspectionFollowUpInput>
      name="follow-up"
      title={t('inspections.recordAgain')}
      initial={{ followedUpOn: today(), result: 'COMPLIANT' }}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ followedUpOn, note, result }) =>
        record({ id: row.id, version: row.version, input: { followedUpOn, note: note.trim(), result } })
      }
    >
      <p>{row.findings}</p>
      <Form.Item name="followedUpOn" label={t('inspections.on')} rules={required(t('inspections.on'))}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Form.Item name="note" label={t('inspections.findings')} rules={required(t('inspections.findings'))}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <Form.Item name="result" label={t('inspections.result')}>
        <TermSelect group="inspectionResult" values={RESULTS} />
      </Form.Item>
    </FormDialog>
  );
}
