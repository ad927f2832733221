import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useT } from '../../app/i18n';
import { TermSelect } from '../../kit/choice';
import { RowList } from '../../kit/row-list';
import { LIMITS } from '../limits';

type Path = (string | number)[];

const CRS = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const;

/** A point (坐标). No reference system is chosen for the person; that one is missing is the server's to say. */
export function PointEditor({ path }: { path: Path }) {
  const t = useT();
  const point = Form.useWatch(path) as { lat?: number; lng?: number; crs?: string } | undefined;
  const started = [point?.lat, point?.lng, point?.crs].some((v) => v !== undefined && v !== null && v !== '');
  const both = { required: started, message: t('point.incomplete') };
  return (
    <div className="filter-grid" id={['market', ...path].join('_')}>
      <Form.Item name={[...path, 'lat']} label={t('point.lat')} rules={[both]}>
        <InputNumber step={0.0001} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name={[...path, 'lng']} label={t('point.lng')} rules={[both]}>
        <InputNumber step={0.0001} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name={[...path, 'crs']} label={t('point.crs')} extra={t('point.crsHint')}>
        <TermSelect group="crs" values={CRS} allowClear />
      </Form.Item>
    </div>
  );
}

/** A figure (规模、日均): a span, how it was found, and a reason where it was overridden. */
export function FigureEditor({ name, label }: { name: string; label: string }) {
  const t = useT();
  const figure = Form.useWatch(name) as { low?: number; method?: string } | undefined;
  const given = typeof figure?.low === 'number';
  // A computed number is kept as it was read; it is not chosen by hand.
  const computed = Form.useWatch([name, 'method'], { preserve: true }) === 'COMPUTED';
  return (
    <fieldset className="hours-row" id={`market_${name}`}>
      <legend>{label}</legend>
      <div className="hours-grid">
        <Form.Item name={[name, 'low']} label={t('figure.low')}>
          <InputNumber min={0} max={LIMITS.people} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name={[name, 'high']}
          label={t('figure.high')}
          dependencies={[[name, 'low']]}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value: number | null | undefined) =>
                value === null ||
                value === undefined ||
                value >= ((getFieldValue([name, 'low']) as number | undefined) ?? 0)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('figure.highTooLow'))),
            }),
          ]}
        >
          <InputNumber min={0} max={LIMITS.people} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[name, 'approximate']} valuePropName="checked" label={t('figure.exactness')}>
          <Checkbox>{t('figure.approximate')}</Checkbox>
        </Form.Item>
        <Form.Item
          name={[name, 'method']}
          label={t('figure.method')}
          rules={[{ required: given, message: t('figure.methodMissing') }]}
        >
          <TermSelect
            group="method"
            values={['DECLARED', 'COUNTED', 'ESTIMATED', 'OVERRIDE', ...(computed ? ['COMPUTED'] : [])]}
          />
        </Form.Item>
        <Form.Item
          name={[name, 'asOf']}
          label={t('figure.asOf')}
          rules={[{ required: given, message: t('figure.asOfMissing') }]}
        >
          <Input type="date" />
        </Form.Item>
      </div>
      {figure?.method === 'OVERRIDE' ? (
        <Form.Item
          name={[name, 'overrideReason']}
          label={t('figure.reason')}
          rules={[{ required: true, message: t('figure.reasonMissing') }]}
        >
          <Input maxLength={LIMITS.text} />
        </Form.Item>
      ) : null}
    </fieldset>
  );
}

/** Phone numbers (联系方式), each with what it is for and whether the public sees it. */
export function ContactsEditor() {
  const t = useT();
  return (
    <RowList
      name="contacts"
      title={(n) => t('contact.row', { n })}
      removeText={(n) => t('contact.remove', { n })}
      addText={t('contact.add')}
      fresh={() => ({ label: '', phone: '', public: true })}
    >
      {(index) => (
        <div className="hours-grid">
          <Form.Item
            name={[index, 'label']}
            label={t('contact.label')}
            rules={[{ required: true, message: t('contact.labelMissing') }]}
          >
            <Input maxLength={LIMITS.contactLabel} placeholder={t('contact.labelHint')} />
          </Form.Item>
          <Form.Item
            name={[index, 'phone']}
            label={t('contact.phone')}
            rules={[{ required: true, message: t('contact.phoneMissing') }]}
          >
            <Input maxLength={40} inputMode="tel" placeholder="0351-5278313" />
          </Form.Item>
          <Form.Item name={[index, 'public']} valuePropName="checked" label={t('contact.shown')}>
            <Checkbox>{t('contact.public')}</Checkbox>
          </Form.Item>
        </div>
      )}
    </RowList>
  );
}
