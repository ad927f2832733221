import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useT } from '../../app/i18n';
import { TermSelect } from '../../kit/choice';
import { DivisionPicker } from '../../kit/division';
import { YuanInput } from '../../kit/money';
import { RowList } from '../../kit/row-list';
import { useRequired } from '../../kit/rules';
import { TradePicker } from '../../kit/trades';
import { MarketPicker, PartyPicker } from '../pickers';
import { ENUMS } from '../search';
import { POSTING_LIMITS as LIMITS } from './limits';
import { dayAfter, type ShiftValue } from './values';

const UNITS = ['HOUR', 'DAY', 'JOB', 'PIECE', 'MONTH'] as const;
const COVERS = ['WORK_INJURY', 'COMMERCIAL', 'NONE'] as const;
const CRS = ['GCJ02', 'WGS84', 'CGCS2000', 'BD09'] as const;

/** The nine values that the law asks for (人力资源市场暂行条例 第二十四条), and nothing else. */
export function RequiredFields({ amending, tomorrow }: { amending: boolean; tomorrow: string }) {
  const t = useT();
  const required = useRequired();
  return (
    <section className="card" aria-labelledby="posting-required">
      <h2 id="posting-required">{t('posting.section.required')}</h2>
      <Form.Item
        name="partyId"
        label={t('posting.partyId')}
        extra={t('posting.partyHint')}
        rules={required(t('posting.partyId'))}
      >
        <PartyPicker disabled={amending} />
      </Form.Item>
      <Form.Item name="trade" label={t('posting.trade')} rules={required(t('posting.trade'))}>
        <TradePicker placeholder={t('trade.placeholder')} />
      </Form.Item>
      <Form.Item
        name="duties"
        label={t('posting.duties')}
        extra={t('posting.dutiesHint')}
        rules={required(t('posting.duties'))}
      >
        <Input.TextArea rows={3} maxLength={LIMITS.duties} />
      </Form.Item>
      <Form.Item
        name="place"
        label={t('posting.place')}
        extra={t('posting.placeHint')}
        rules={required(t('posting.place'))}
      >
        <Input maxLength={LIMITS.place} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="wageFen" label={t('posting.wageYuan')} rules={required(t('posting.wageYuan'))}>
          <YuanInput />
        </Form.Item>
        <Form.Item name="wageUnit" label={t('posting.wageUnit')} rules={required(t('posting.wageUnit'))}>
          <TermSelect group="wageUnit" values={UNITS} />
        </Form.Item>
      </div>
      <Shifts tomorrow={tomorrow} />
    </section>
  );
}

/** When, and how many: one row for each shift; the next begins as the last one is. */
function Shifts({ tomorrow }: { tomorrow: string }) {
  const t = useT();
  const form = Form.useFormInstance();
  const fresh = (): ShiftValue => {
    const last = (form.getFieldValue('shifts') as ShiftValue[] | undefined)?.at(-1);
    return last ? { ...last, day: last.day ? dayAfter(last.day) : tomorrow } : { day: tomorrow, breakMinutes: 0 };
  };
  return (
    <div id="posting_shifts">
      <RowList
        name="shifts"
        title={(n) => t('shift.row', { n })}
        removeText={(n) => t('shift.remove', { n })}
        addText={t('shift.add')}
        fresh={fresh}
      >
        {(index) => <ShiftRow index={index} />}
      </RowList>
    </div>
  );
}

function ShiftRow({ index }: { index: number }) {
  const t = useT();
  const required = useRequired();
  const shift = Form.useWatch(['shifts', index]) as ShiftValue | undefined;
  const overnight = Boolean(shift?.starts && shift.ends && shift.ends <= shift.starts);
  return (
    <div className="hours-grid">
      <Form.Item name={[index, 'day']} label={t('shift.day')} rules={required(t('shift.day'))}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name={[index, 'starts']} label={t('shift.starts')} rules={required(t('shift.starts'))}>
        <Input type="time" />
      </Form.Item>
      <Form.Item
        name={[index, 'ends']}
        label={t('shift.ends')}
        extra={overnight ? t('shift.nextDay') : null}
        rules={required(t('shift.ends'))}
      >
        <Input type="time" />
      </Form.Item>
      <Form.Item name={[index, 'headcount']} label={t('shift.headcount')} rules={required(t('shift.headcount'))}>
        <InputNumber min={1} max={LIMITS.headcount} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name={[index, 'breakMinutes']} label={t('shift.break')}>
        <InputNumber min={0} max={720} step={15} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </div>
  );
}

/** All that follows by itself unless it is said. */
export function FoldedFields() {
  const t = useT();
  return (
    <>
      <Form.Item name="title" label={t('posting.title')} extra={t('posting.titleHint')}>
        <Input maxLength={LIMITS.title} />
      </Form.Item>
      <Form.Item name="conditions" label={t('posting.conditions')} extra={t('posting.conditionsHint')}>
        <Input.TextArea rows={2} maxLength={LIMITS.text} />
      </Form.Item>
      <div className="filter-grid">
        <Enum name="payDay" group="payDay" values={ENUMS.payDay} />
        <Enum name="cover" group="accidentCover" values={COVERS} />
        <Enum name="engagement" group="engagementType" values={ENUMS.engagement} />
        <Enum name="kind" group="postingKind" values={ENUMS.kind} />
        <Enum name="source" group="postingSource" values={ENUMS.source} />
      </div>
      <Form.Item name="payText" label={t('posting.payText')} extra={t('posting.payTextHint')}>
        <Input maxLength={LIMITS.text} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="marketId" label={t('posting.marketId')}>
          <MarketPicker allowClear />
        </Form.Item>
        <Form.Item name="county" label={t('posting.county')} extra={t('posting.countyHint')}>
          <DivisionPicker allowClear />
        </Form.Item>
        <Form.Item name="validFrom" label={t('posting.validFrom')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="validUntil" label={t('posting.validUntil')} extra={t('posting.validHint')}>
          <Input type="date" />
        </Form.Item>
      </div>
      {(['needsCertificate', 'instant', 'priority'] as const).map((name) => (
        <Form.Item key={name} name={name} valuePropName="checked" extra={t(`posting.${name}Hint`)}>
          <Checkbox>{t(`posting.${name}`)}</Checkbox>
        </Form.Item>
      ))}
      <Point />
    </>
  );
}

interface EnumProps {
  name: 'payDay' | 'cover' | 'engagement' | 'kind' | 'source';
  group: string;
  values: readonly string[];
}

function Enum({ name, group, values }: EnumProps) {
  const t = useT();
  return (
    <Form.Item name={name} label={t(`posting.${name}`)}>
      <TermSelect group={group} values={values} allowClear placeholder={t('posting.byItself')} />
    </Form.Item>
  );
}

function Point() {
  const t = useT();
  return (
    <div className="filter-grid" id="posting_point">
      <Form.Item name={['point', 'lat']} label={t('point.lat')}>
        <InputNumber step={0.0001} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name={['point', 'lng']} label={t('point.lng')}>
        <InputNumber step={0.0001} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name={['point', 'crs']} label={t('point.crs')} extra={t('point.crsHint')}>
        <TermSelect group="crs" values={CRS} allowClear />
      </Form.Item>
    </div>
  );
}
