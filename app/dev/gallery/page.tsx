import type { Metadata } from 'next';
import { Gallery } from '../../../components/gallery/Gallery.tsx';

export const metadata: Metadata = { title: 'Gallery · Ballast' };

export default function GalleryPage() {
  return <Gallery />;
}
