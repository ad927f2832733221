import { Checkbox, Form, Input, Select } from 'antd';
import { useT, useTerm } from '../../app/i18n';
import { TermSelect } from '../../kit/choice';
import { RowList } from '../../kit/row-list';
import { atLeastOne } from '../../kit/rules';
import { ALL_DAYS, type HoursValue, isTime, tidyTime } from './values';

const MONTHS = Array.from({ length: 12 }, (_, i) => ({ value: i + 1, label: String(i + 1) }));

/** Opening hours (运行时间): rows of season, days and times; past midnight is said, not guessed. */
export function HoursEditor({ name }: { name: string | (string | number)[] }) {
  const t = useT();
  return (
    <RowList
      name={name}
      title={(n) => t('hours.row', { n })}
      removeText={(n) => t('hours.remove', { n })}
      addText={t('hours.add')}
      fresh={() => ({ season: 'ALL_YEAR', weekdays: [...ALL_DAYS], opens: '', closes: '', nextDay: false })}
    >
      {(index) => <HoursRow list={name} index={index} />}
    </RowList>
  );
}

function HoursRow({ list, index }: { list: string | (string | number)[]; index: number }) {
  const t = useT();
  const term = useTerm();
  const path = [...(Array.isArray(list) ? list : [list]), index];
  const span = Form.useWatch(path) as Partial<HoursValue> | undefined;
  const season = span?.season;
  // A season has its months, and a first month has a last one: the server refuses half of a span.
  const monthsAsked = season !== 'ALL_YEAR' || Boolean(span?.fromMonth) !== Boolean(span?.toMonth);
  const time = {
    validator: (_: unknown, value: string) =>
      isTime(tidyTime(value)) ? Promise.resolve() : Promise.reject(new Error(t('hours.badTime'))),
  };
  return (
    <>
      <div className="hours-grid">
        <Form.Item name={[index, 'season']} label={t('hours.season')}>
          <TermSelect group="season" values={['ALL_YEAR', 'SUMMER', 'WINTER']} />
        </Form.Item>
        {(['fromMonth', 'toMonth'] as const).map((end) => (
          <Form.Item
            key={end}
            name={[index, end]}
            label={t(`hours.${end}`)}
            rules={[{ required: monthsAsked, message: t('hours.monthMissing') }]}
          >
            <Select options={MONTHS} allowClear={season === 'ALL_YEAR'} placeholder={t('hours.anyMonth')} />
          </Form.Item>
        ))}
        <Form.Item name={[index, 'opens']} label={t('hours.opens')} rules={[time]}>
          <Input placeholder="04:30" inputMode="numeric" maxLength={6} />
        </Form.Item>
        <Form.Item name={[index, 'closes']} label={t('hours.closes')} rules={[time]}>
          <Input placeholder="18:00" inputMode="numeric" maxLength={6} />
        </Form.Item>
        <Form.Item name={[index, 'nextDay']} valuePropName="checked" label={t('hours.nextDayLabel')}>
          <Checkbox>{t('hours.nextDay')}</Checkbox>
        </Form.Item>
      </div>
      <Form.Item name={[index, 'weekdays']} label={t('hours.weekdays')} rules={[atLeastOne(t('hours.weekdayMissing'))]}>
        <Checkbox.Group options={ALL_DAYS.map((value) => ({ value, label: term('weekday', value) }))} />
      </Form.Item>
    </>
  );
}
