import '../public/prefs'
