import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { RemoveZoneDocument, SaveZoneDocument, type ZoneInput } from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import { HoursEditor } from '../form/hours';
import { useHoursText } from '../form/show';
import { type HoursValue, hoursFrom, hoursToInput } from '../form/values';
import { LIMITS } from '../limits';
import { ENUMS } from '../search';
import { amendable } from '../steps';
import { type DialogProps, partOf, type TabProps } from './props';

type Row = TabProps['market']['zones'][number];
type Values = Omit<ZoneInput, 'timetable'> & { timetable: HoursValue[] };

/** Functional zones (功能分区), which may share a room by the hour. */
export function ZonesTab({ market, refetch }: TabProps) {
  const t = useT();
  const term = useTerm();
  const { can } = useSession();
  const format = useFormat();
  const hoursText = useHoursText();
  const [remove] = useAction(RemoveZoneDocument);
  return (
    <PartList<Row>
      title={t('zones.title')}
      rows={market.zones}
      empty={t('zones.none')}
      nameOf={(row) => row.name}
      addText={t('zones.add')}
      refetch={refetch}
      remove={({ id, version }) => remove({ id, version })}
      dialog={
        amendable(market.status) && can('market.arrange')
          ? (row, close) => (
              <ZoneDialog row={row} close={close} marketId={market.id} refetch={refetch} free={market.publicInterest} />
            )
          : undefined
      }
      columns={[
        { title: t('zones.kind'), render: (_, r) => term('zone', r.kind) },
        { title: t('zones.name'), dataIndex: 'name' },
        { title: t('zones.area'), render: (_, r) => r.areaSquareMetres ?? '—' },
        { title: t('zones.capacity'), render: (_, r) => r.capacity ?? '—' },
        {
          title: t('zones.charge'),
          render: (_, r) =>
            r.freeOfCharge ? <Chip tone="good">{t('zones.free')}</Chip> : <Chip>{t('zones.charged')}</Chip>,
        },
        {
          title: t('zones.timetable'),
          render: (_, r) => (r.timetable.length ? format.lines(r.timetable.map(hoursText)) : t('zones.always')),
        },
      ]}
    />
  );
}

function ZoneDialog({ row, close, marketId, refetch, free }: DialogProps<Row> & { free: boolean }) {
  const t = useT();
  const required = useRequired();
  const [save] = useAction(SaveZoneDocument);
  const initial: Partial<Values> = row
    ? { ...row, timetable: row.timetable.map(hoursFrom) }
    : { timetable: [], freeOfCharge: free };
  return (
    <FormDialog<Values>
      name="zone"
      width={720}
      title={row ? t('zones.edit', { name: row.name }) : t('zones.add')}
      initial={initial}
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ kind, name, areaSquareMetres, capacity, freeOfCharge, timetable }) =>
        save({
          ...partOf(marketId, row),
          input: {
            kind,
            name,
            areaSquareMetres: areaSquareMetres ?? null,
            capacity: capacity ?? null,
            freeOfCharge: freeOfCharge ?? null,
            timetable: (timetable ?? []).map(hoursToInput),
          },
        })
      }
    >
      <div className="filter-grid">
        <Form.Item name="kind" label={t('zones.kind')} rules={required(t('zones.kind'))}>
          <TermSelect group="zone" values={ENUMS.zone} />
        </Form.Item>
        <Form.Item name="name" label={t('zones.name')} rules={required(t('zones.name'))}>
          <Input maxLength={LIMITS.name} />
        </Form.Item>
        <Form.Item name="areaSquareMetres" label={t('zones.area')}>
          <InputNumber min={1} max={LIMITS.area} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="capacity" label={t('zones.capacity')}>
          <InputNumber min={1} max={LIMITS.zoneCapacity} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="freeOfCharge" valuePropName="checked" extra={t('zones.freeHint')}>
        <Checkbox>{t('zones.freeOfCharge')}</Checkbox>
      </Form.Item>
      <h3>{t('zones.timetable')}</h3>
      <p className="soft">{t('zones.timetableHint')}</p>
      <HoursEditor name="timetable" />
    </FormDialog>
  );
}
