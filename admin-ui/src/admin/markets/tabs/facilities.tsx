import { Form, Input, InputNumber } from 'antd';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type FacilityInput, RemoveFacilityDocument, SaveFacilityDocument } from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import { LIMITS } from '../limits';
import { ENUMS } from '../search';
import { amendable } from '../steps';
import { type DialogProps, partOf, type TabProps } from './props';

type Row = TabProps['market']['facilities'][number];
const TONES = { WORKING: 'good', NEEDS_REPAIR: 'warn', OUT_OF_SERVICE: 'bad' } as const;

/** Facilities (设施) and the state they are in. */
export function FacilitiesTab({ market, refetch }: TabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const [remove] = useAction(RemoveFacilityDocument);
  return (
    <PartList<Row>
      title={t('facilities.title')}
      rows={market.facilities}
      empty={t('facilities.none')}
      nameOf={(row) => row.name}
      addText={t('facilities.add')}
      refetch={refetch}
      remove={({ id, version }) => remove({ id, version })}
      dialog={
        amendable(market.status) && can('market.arrange')
          ? (row, close) => <FacilityDialog row={row} close={close} marketId={market.id} refetch={refetch} />
          : undefined
      }
      columns={[
        { title: t('facilities.kind'), render: (_, r) => term('facility', r.kind) },
        { title: t('facilities.name'), dataIndex: 'name' },
        { title: t('facilities.quantity'), render: (_, r) => r.quantity },
        {
          title: t('facilities.state'),
          render: (_, r) => <Chip tone={TONES[r.state]}>{term('facilityState', r.state)}</Chip>,
        },
        { title: t('facilities.checked'), render: (_, r) => format.date(r.lastCheckedOn) },
      ]}
    />
  );
}

function FacilityDialog({ row, close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const [save] = useAction(SaveFacilityDocument);
  const required = useRequired();
  return (
    <FormDialog<FacilityInput>
      name="facility"
      title={row ? t('facilities.edit', { name: row.name }) : t('facilities.add')}
      initial={row ?? { state: 'WORKING', quantity: 1 }}
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ kind, name, quantity, state, lastCheckedOn }) =>
        save({
          ...partOf(marketId, row),
          input: { kind, name, quantity, state, lastCheckedOn: lastCheckedOn || null },
        })
      }
    >
      <Form.Item name="kind" label={t('facilities.kind')} rules={required(t('facilities.kind'))}>
        <TermSelect group="facility" values={ENUMS.facility} />
      </Form.Item>
      <Form.Item name="name" label={t('facilities.name')} rules={required(t('facilities.name'))}>
        <Input maxLength={LIMITS.name} />
      </Form.Item>
      <Form.Item name="quantity" label={t('facilities.quantity')} rules={required(t('facilities.quantity'))}>
        <InputNumber min={0} max={LIMITS.facilities} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="state" label={t('facilities.state')}>
        <TermSelect group="facilityState" values={['WORKING', 'NEEDS_REPAIR', 'OUT_OF_SERVICE']} />
      </Form.Item>
      <Form.Item name="lastCheckedOn" label={t('facilities.checked')}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}
