import { Form, Input, Select } from 'antd';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type AnnotationInput, RemoveAnnotationDocument, SaveAnnotationDocument } from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { degrees, useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { LIMITS } from '../limits';
import { ENUMS } from '../search';
import { amendable } from '../steps';
import type { DialogProps, TabProps } from './props';

type Row = TabProps['market']['annotations'][number];
const TONES = { TODO: 'warn', SUBMITTED: 'busy', APPROVED: 'good', REJECTED: 'bad' } as const;
const PROVIDERS = ['BAIDU', 'GAODE', 'TENCENT'] as const;

/** Map annotation (地图标注) at each provider, with the point in that provider's own reference system. */
export function AnnotationsTab({ market, refetch }: TabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const [remove] = useAction(RemoveAnnotationDocument);
  const missing = PROVIDERS.filter((p) => !market.annotations.some((a) => a.provider === p));
  return (
    <PartList<Row>
      title={t('annotations.title')}
      rows={market.annotations}
      empty={t('annotations.none')}
      nameOf={(row) => term('provider', row.provider)}
      canAdd={missing.length > 0}
      refetch={refetch}
      remove={({ id, version }) => remove({ id, version })}
      dialog={
        amendable(market.status) && can('market.annotate')
          ? (row, close) => (
              <AnnotationDialog
                row={row}
                close={close}
                marketId={market.id}
                refetch={refetch}
                providers={row ? [row.provider] : missing}
              />
            )
          : undefined
      }
      columns={[
        { title: t('annotations.provider'), width: 110, render: (_, r) => term('provider', r.provider) },
        {
          title: t('annotations.status'),
          render: (_, r) => <Chip tone={TONES[r.status]}>{term('annotation', r.status)}</Chip>,
        },
        {
          title: t('annotations.point'),
          render: (_, r) =>
            r.pointToSubmit ? `${degrees(r.pointToSubmit)} (${r.pointToSubmit.crs})` : t('annotations.noPoint'),
        },
        { title: t('annotations.poi'), render: (_, r) => r.poiId ?? '—' },
        { title: t('annotations.checked'), render: (_, r) => format.date(r.checkedOn) },
        {
          title: t('annotations.assignee'),
          render: (_, r) =>
            r.assignee ? (
              <>
                {r.assignee.name}
                {r.dueOn ? <div className="soft">{format.date(r.dueOn)}</div> : null}
                {r.overdue ? <Chip tone="bad">{t('tasks.late')}</Chip> : null}
              </>
            ) : (
              '—'
            ),
        },
        { title: t('annotations.note'), render: (_, r) => r.note ?? '—' },
      ]}
    />
  );
}

function AnnotationDialog({
  row,
  close,
  marketId,
  refetch,
  providers,
}: DialogProps<Row> & { providers: readonly string[] }) {
  const t = useT();
  const { viewer } = useSession();
  const [save] = useAction(SaveAnnotationDocument);
  // Whoever has it, and oneself: a list of all accounts is for those who keep them.
  const me = { value: viewer.account.id, label: viewer.account.displayName };
  const whose =
    row?.assignee && row.assignee.id !== me.value ? [{ value: row.assignee.id, label: row.assignee.name }] : [];
  return (
    <FormDialog<AnnotationInput>
      name="annotation"
      title={t('annotations.edit')}
      initial={
        row
          ? { ...row, assignee: row.assignee?.id ?? null }
          : { provider: providers[0] as AnnotationInput['provider'], status: 'TODO' }
      }
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ provider, status, poiId, checkedOn, note, assignee, dueOn }) =>
        save({
          marketId,
          version: row?.version ?? null,
          input: {
            provider,
            status,
            poiId: poiId?.trim() || null,
            checkedOn: checkedOn || null,
            note: note?.trim() || null,
            assignee: assignee ?? null,
            dueOn: dueOn || null,
          },
        })
      }
    >
      <Form.Item name="provider" label={t('annotations.provider')}>
        <TermSelect group="provider" values={providers} disabled={row !== null} />
      </Form.Item>
      <Form.Item name="status" label={t('annotations.status')}>
        <TermSelect group="annotation" values={ENUMS.annotation} />
      </Form.Item>
      <Form.Item name="poiId" label={t('annotations.poi')}>
        <Input maxLength={LIMITS.name} />
      </Form.Item>
      <Form.Item name="checkedOn" label={t('annotations.checked')}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="assignee" label={t('annotations.assignee')} extra={t('annotations.assigneeHint')}>
        <Select allowClear options={[me, ...whose]} />
      </Form.Item>
      <Form.Item name="dueOn" label={t('annotations.dueOn')} extra={t('annotations.dueOnHint')}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="note" label={t('annotations.note')}>
        <Input.TextArea rows={2} maxLength={LIMITS.text} />
      </Form.Item>
    </FormDialog>
  );
}
