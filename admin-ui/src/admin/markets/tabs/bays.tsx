import { Form, Input, InputNumber } from 'antd';
import { useT } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type BayInput, RemoveBayDocument, SaveBayDocument } from '../../gql/graphql';
import { FormDialog } from '../../kit/form';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import { PointEditor } from '../form/parts';
import { LIMITS } from '../limits';
import { amendable } from '../steps';
import { type DialogProps, partOf, type TabProps } from './props';

type Row = TabProps['market']['bays'][number];
type Point = BayInput['point'];

/** Pick-up bays (上车点，即停即走) with how long one may stop and how to drive in. */
export function BaysTab({ market, refetch }: TabProps) {
  const t = useT();
  const { can } = useSession();
  const [remove] = useAction(RemoveBayDocument);
  return (
    <PartList<Row>
      title={t('bays.title')}
      rows={market.bays}
      empty={t('bays.none')}
      nameOf={(row) => row.label}
      addText={t('bays.add')}
      refetch={refetch}
      remove={({ id, version }) => remove({ id, version })}
      dialog={
        amendable(market.status) && can('market.arrange')
          ? (row, close) => <BayDialog row={row} close={close} marketId={market.id} refetch={refetch} />
          : undefined
      }
      columns={[
        { title: t('bays.label'), dataIndex: 'label' },
        { title: t('bays.capacity'), dataIndex: 'capacity' },
        { title: t('bays.maxStay'), render: (_, r) => t('bays.minutes', { n: r.maxStayMinutes }) },
        { title: t('bays.route'), render: (_, r) => r.routeText ?? '—' },
      ]}
    />
  );
}

function BayDialog({ row, close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const [save] = useAction(SaveBayDocument);
  const required = useRequired();
  const initial = row
    ? { ...row, point: row.point ? { lat: row.point.lat, lng: row.point.lng, crs: row.point.crs } : null }
    : { capacity: 3, maxStayMinutes: 10 };
  return (
    <FormDialog<BayInput>
      name="bay"
      title={row ? t('bays.edit', { name: row.label }) : t('bays.add')}
      initial={initial}
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ label, capacity, maxStayMinutes, point, routeText }) =>
        save({
          ...partOf(marketId, row),
          input: {
            label,
            capacity,
            maxStayMinutes,
            point: typeof point?.lat === 'number' ? (point as Point) : null,
            routeText: routeText?.trim() || null,
          },
        })
      }
    >
      <Form.Item name="label" label={t('bays.label')} rules={required(t('bays.label'))}>
        <Input maxLength={LIMITS.name} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="capacity" label={t('bays.capacity')} rules={required(t('bays.capacity'))}>
          <InputNumber min={1} max={LIMITS.bayVehicles} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="maxStayMinutes" label={t('bays.maxStay')} rules={required(t('bays.maxStay'))}>
          <InputNumber min={1} max={LIMITS.bayMinutes} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="routeText" label={t('bays.route')}>
        <Input.TextArea rows={2} maxLength={LIMITS.text} />
      </Form.Item>
      <PointEditor path={['point']} />
    </FormDialog>
  );
}
