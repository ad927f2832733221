import { FontSizeOutlined } from '@ant-design/icons';
import { Button, Popover, Radio } from 'antd';
import { useState } from 'react';
import { type Display, setDisplay, useDisplay } from './display';
import { useT } from './i18n';

/** Language, colours and text size; open to strangers too, on the sign-in page. */
export function DisplayMenu() {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={t('display.title')}
      content={
        <div className="display-menu">
          <Choice name="language" values={['zh-CN', 'en']} />
          <Choice name="theme" values={['auto', 'light', 'dark']} />
          <Choice name="size" values={['normal', 'large']} />
        </div>
      }
    >
      <Button icon={<FontSizeOutlined />} aria-label={t('display.title')} aria-expanded={open}>
        <span className="user-name">{t('display.title')}</span>
      </Button>
    </Popover>
  );
}

function Choice<K extends keyof Display>({ name, values }: { name: K; values: Display[K][] }) {
  const t = useT();
  const display = useDisplay();
  return (
    <fieldset className="plain">
      <legend>{t(`display.${name}`)}</legend>
      <Radio.Group
        value={display[name]}
        onChange={(e) => setDisplay({ [name]: e.target.value } as Partial<Display>)}
        options={values.map((value) => ({ value, label: t(`display.${name}.${value}` as 'display.theme.auto') }))}
      />
    </fieldset>
  );
}
