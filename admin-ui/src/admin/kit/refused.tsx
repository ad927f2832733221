import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useT } from '../app/i18n';
import { setRefused, useRefused } from './feedback';
import { focusHeading } from './focus';

/**
 * Why the last action was refused, above the page and its actions: it takes room of its own, so nothing lies under it, and
 * stays in sight while one scrolls. It takes the focus and gives it back; another action or another page takes it away.
 */
export function RefusedBox({ page }: { page: string }) {
  const t = useT();
  const refused = useRefused();
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const before = useRef(page);
  useEffect(() => {
    if (!refused) return;
    const active = document.activeElement as HTMLElement | null;
    if (!box.current?.contains(active)) opener.current = active;
    box.current?.focus({ preventScroll: true });
  }, [refused]);
  useEffect(() => {
    if (before.current !== page) setRefused(null);
    before.current = page;
  }, [page]);
  if (!refused) return null;
  const close = () => {
    setRefused(null);
    const back = opener.current;
    if (back?.isConnected && back !== document.body) back.focus();
    else focusHeading();
  };
  return (
    <div className="refused" role="alert" tabIndex={-1} ref={box}>
      <p>
        {refused.message} {refused.way}
      </p>
      <Button type="text" icon={<CloseOutlined />} aria-label={t('action.close')} onClick={close} />
    </div>
  );
}
